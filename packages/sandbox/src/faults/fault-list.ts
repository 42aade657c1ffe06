import { Unknown } from "../errors.ts";
import type { Fault, FaultKind, NewFault } from "./fault.ts";

/** A call that a fault may hit. */
export interface FaultTarget {
  readonly system: string;
  readonly host: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** The kinds that make sense at this point. @default all */
  readonly kinds?: readonly FaultKind[];
}

/** What befalls one call: a wait, and at most one thing that goes wrong. */
export interface Mishap {
  readonly delayMs: number;
  readonly fault: Fault | undefined;
}

export interface FaultList {
  add(fault: NewFault): Fault;
  list(): Fault[];
  remove(id: string): Fault;
  removeAll(): void;
  /** Counts a call against the faults that hit it: every `latency`, and the oldest of the other kinds. */
  strike(target: FaultTarget): Mishap;
}

/** @param onChange told after every change, hits included */
export function createFaultList(onChange: () => void): FaultList {
  const faults = new Map<string, Fault>();
  let count = 0;
  const list = () => [...faults.values()];

  function hit(fault: Fault): void {
    const hits = fault.hits + 1;
    if (fault.times !== undefined && hits >= fault.times) faults.delete(fault.id);
    else faults.set(fault.id, { ...fault, hits });
  }

  return {
    add(fault) {
      const added = { ...fault, id: `f${++count}`, hits: 0 };
      faults.set(added.id, added);
      onChange();
      return added;
    },
    list,
    remove(id) {
      const fault = faults.get(id);
      if (fault === undefined) throw new Unknown("fault", id);
      faults.delete(id);
      onChange();
      return fault;
    },
    removeAll() {
      faults.clear();
      onChange();
    },
    strike(target) {
      const matching = list().filter((fault) => matches(fault, target));
      const fault = matching.find(({ kind }) => kind !== "latency");
      const struck = matching.filter((each) => each.kind === "latency" || each === fault);
      struck.forEach(hit);
      if (struck.length > 0) onChange();
      return { delayMs: struck.reduce((sum, each) => sum + delayOf(each), 0), fault };
    },
  };
}

function matches(fault: Fault, { system, host, method, path, kinds }: FaultTarget): boolean {
  return (
    fault.system === system &&
    (kinds === undefined || kinds.includes(fault.kind)) &&
    (fault.host === undefined || fault.host === host) &&
    (fault.method === undefined || fault.method === method) &&
    (fault.path === undefined || path.includes(fault.path))
  );
}

function delayOf({ kind, delayMs }: Fault): number {
  return delayMs ?? (kind === "latency" ? 1_000 : 0);
}
