import { businessGradeHosts } from "../facts.ts";
import { detailOf, isOpen, type ModelDetail, type ModelTicket, move } from "./bruin-model.ts";
import type { Unit } from "./network-model.ts";
import { isDay, minutesUntilMorning } from "./site-time.ts";

const MINUTE = 60_000;

export interface Forward {
  readonly ticket: ModelTicket;
  readonly serial: string;
  readonly detail: ModelDetail;
  readonly queue: "HNOC Investigate" | "Dedicated Worker Queue";
  readonly due: number;
}

/** Links of business grade on these hosts: somebody looks at once. */
export function isUrgent({ edge, isDown, faulty }: Unit): boolean {
  return !isDown && businessGradeHosts.includes(edge.host) && faulty.some(({ businessGrade }) => businessGrade);
}

/** Minutes until people get the task of the edge. */
export function minutesToPeople(unit: Unit, at: number): number {
  if (unit.isDown || isUrgent(unit)) return 1;
  return isDay(unit.edge, at) ? 90 : 180;
}

/** Minutes until a worker gets the task of a line: nobody is sent out at night. */
export function minutesToWorker(unit: Unit, at: number): number {
  if (!isDay(unit.edge, at)) return minutesUntilMorning(unit.edge, at);
  return unit.isDown || isUrgent(unit) ? 1 : 90;
}

/** Tasks that wait to be forwarded: once in each cycle of a ticket, the first due time counts. */
export class Forwards {
  readonly #waiting = new Map<string, Forward>();
  readonly #done = new Set<string>();

  schedule(forward: Omit<Forward, "due">, dueInMinutes: number, at: number): void {
    const key = keyOf(forward);
    if (this.#waiting.has(key) || this.#done.has(key)) return;
    this.#waiting.set(key, { ...forward, due: at + dueInMinutes * MINUTE });
  }

  /** The edge's outage begins anew in this ticket: what was forwarded before may be forwarded again. */
  beginCycle(ticket: ModelTicket, serial: string): void {
    for (const key of this.#done) if (key.startsWith(`${idOf(ticket)} ${serial} `)) this.#done.delete(key);
  }

  cancel(ticket: ModelTicket, serial: string): void {
    for (const key of this.#waiting.keys()) if (key.startsWith(`${idOf(ticket)} ${serial} `)) this.#waiting.delete(key);
  }

  nextDue(): number {
    return Math.min(...[...this.#waiting.values()].map(({ due }) => due));
  }

  /** What is resolved is nobody's task any more, and what lies there already need not be moved. */
  carryOutDue(now: number): void {
    for (const [key, { ticket, detail, queue, due }] of this.#waiting) {
      if (due > now) continue;
      this.#waiting.delete(key);
      if (!isOpen(ticket) || detailOf(ticket, detail.serviceNumber)?.status !== "I") continue;
      if (detail.queue !== queue) move(ticket, detail, { queue, at: due });
      this.#done.add(key);
    }
  }
}

function keyOf({ ticket, serial, detail, queue }: Omit<Forward, "due">): string {
  return `${idOf(ticket)} ${serial} ${detail.serviceNumber} ${queue}`;
}

function idOf({ serial, openedAt }: ModelTicket): string {
  return `${serial}@${openedAt}`;
}
