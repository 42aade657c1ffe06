/** A result that may be applied to a task, and the queue where the task lies then. */
export interface WorkResult {
  readonly id: number;
  readonly name: string;
  readonly queue: string;
}

export const firstQueue = "Intake";

const results: readonly WorkResult[] = [
  { id: 1_327, name: "IPA Investigate", queue: "IPA Investigate" },
  { id: 1_547, name: "Dedicated Worker Queue", queue: "Dedicated Worker Queue" },
  { id: 1_601, name: "HNOC Investigate", queue: "HNOC Investigate" },
  { id: 1_602, name: "ASR Investigate", queue: "ASR Investigate" },
  { id: 1_603, name: "Wireless Repair Intervention Needed", queue: "Wireless Repair Intervention Needed" },
  { id: 1_604, name: "Holmdel NOC Investigate", queue: "Holmdel NOC Investigate" },
  { id: 620, name: "No Trouble Found - Carrier Issue", queue: "ASR Investigate" },
  { id: 1_606, name: "Refer to Holmdel NOC for Repair", queue: "Holmdel NOC Investigate" },
];

const queues = [...new Set([firstQueue, ...results.map(({ queue }) => queue)])];

/** A number for a queue, as Bruin's task keys are. */
export function queueKey(queue: string): number {
  return 340 + queues.indexOf(queue);
}

export function resultById(id: number): WorkResult | undefined {
  return results.find((result) => result.id === id);
}

/** What may be applied to a task in this queue: everything that leads out of it. */
export function nextResults(queue: string): WorkResult[] {
  return results.filter((result) => result.queue !== queue);
}
