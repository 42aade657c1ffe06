import type { Registry } from "prom-client";

/** A counter that grew by one. */
export interface Growth {
  readonly name: string;
  readonly labels: Readonly<Record<string, string | number>>;
}

/** How the counters of the given names grow, over restarts of the service. */
export interface Counters {
  /** A new process has new counters. */
  watch(registry: Registry): Promise<void>;
  /** Every growth since the last call. */
  taken(): Promise<Growth[]>;
}

export function createCounters(names: readonly string[]): Counters {
  let registry: Registry | undefined;
  let before = new Map<string, number>();
  const pending: Growth[] = [];
  const take = async () => {
    const now = registry === undefined ? new Map<string, number>() : await read(registry, names);
    for (const [text, value] of now) {
      const growth = JSON.parse(text) as Growth;
      for (let count = before.get(text) ?? 0; count < value; count += 1) pending.push(growth);
    }
    before = now;
  };
  return {
    watch: async (next) => {
      await take();
      registry = next;
      before = await read(next, names);
    },
    taken: async () => {
      await take();
      return pending.splice(0);
    },
  };
}

async function read(registry: Registry, names: readonly string[]): Promise<Map<string, number>> {
  const values = new Map<string, number>();
  for (const { name, values: samples } of await registry.getMetricsAsJSON()) {
    if (!names.includes(name)) continue;
    for (const { labels, value } of samples) values.set(JSON.stringify({ name, labels }), value);
  }
  return values;
}
