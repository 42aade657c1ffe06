/** What a replica gets. */
export interface Resources {
  /** Thousandths of a processor that are set aside for it. It may take more while there is more: a limit would make
   * its start ten times as long, and every reply late while it collects garbage. */
  readonly cpuMilli: number;
  /** Mebibytes that are set aside for it. */
  readonly memoryMib: number;
  /** Mebibytes after which it is ended. */
  readonly memoryLimitMib: number;
}

const usual: Resources = { cpuMilli: 100, memoryMib: 128, memoryLimitMib: 256 };

/** Services that hold whole fleets in memory while they decide. */
const large: Readonly<Record<string, Resources>> = {
  "customer-cache": { cpuMilli: 400, memoryMib: 256, memoryLimitMib: 512 },
  "hawkeye-customer-cache": { cpuMilli: 200, memoryMib: 256, memoryLimitMib: 512 },
  "service-outage-monitor": { cpuMilli: 150, memoryMib: 192, memoryLimitMib: 750 },
  "service-outage-triage": { cpuMilli: 150, memoryMib: 300, memoryLimitMib: 500 },
};

export function resourcesOf(service: string): Resources {
  return large[service] ?? usual;
}
