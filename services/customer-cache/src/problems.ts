import type { Failure } from "./peers.ts";

/** How many serials a line names before it only counts. */
const NAMED = 10;

/** What went wrong in one refresh of one host. */
export interface Problems {
  /** A bridge refused or did not answer a question about this edge. */
  failed(failure: Failure, serial?: string): void;
  /** The edge keeps what was known before, or stays unmonitored where nothing was. */
  stale(serial: string, known: boolean): void;
  /** The serial is in several active inventories. */
  duplicate(serial: string): void;
  /** Whether trying again soon may give more. */
  readonly worthRetrying: boolean;
  /** One line each; empty when nothing went wrong. */
  lines(): string[];
}

export function collectProblems(): Problems {
  const failures = new Map<string, string[]>();
  const kept: string[] = [];
  const missing: string[] = [];
  const duplicates: string[] = [];
  let worthRetrying = false;
  return {
    failed(failure, serial) {
      const what = `${failure.subject} answered ${failure.status}`;
      const serials = failures.get(what) ?? [];
      if (serial !== undefined) serials.push(serial);
      failures.set(what, serials);
      worthRetrying ||= failure.transient;
    },
    stale: (serial, known) => (known ? kept : missing).push(serial),
    duplicate: (serial) => duplicates.push(serial),
    get worthRetrying() {
      return worthRetrying;
    },
    lines: () => [
      ...[...failures].map(([what, serials]) => (serials.length === 0 ? what : `${what} for ${counted(serials)}`)),
      ...line(kept, "kept as before"),
      ...line(missing, "not monitored until a refresh succeeds"),
      ...line(duplicates, "with several active inventory items, of which the first is used"),
    ],
  };
}

function line(serials: readonly string[], what: string): string[] {
  return serials.length === 0 ? [] : [`${counted(serials)} ${what}`];
}

function counted(serials: readonly string[]): string {
  const more = serials.length > NAMED ? ", ..." : "";
  const edges = serials.length === 1 ? "edge" : "edges";
  return `${serials.length} ${edges} (${serials.slice(0, NAMED).join(", ")}${more})`;
}
