import type { Failure } from "./ask-peers.ts";
import type { Nouns } from "./naming.ts";

/** How many serials a line names before it only counts. */
const NAMED = 10;

/** What went wrong in one refresh of one list. */
export interface Problems {
  /** A bridge refused or did not answer a question, about this serial or about all. */
  failed(failure: Failure, serial?: string): void;
  /** The serial keeps what was known before, or stays unmonitored where nothing was. */
  stale(serial: string, known: boolean): void;
  /** Anything else, in a sentence of its own. */
  note(sentence: string): void;
  /** Whether trying again soon may give more. */
  readonly worthRetrying: boolean;
  /** How many stay unmonitored. */
  readonly missing: number;
  /** One line each; empty when nothing went wrong. */
  lines(): string[];
}

export function collectProblems(nouns: Nouns): Problems {
  const failures = new Map<string, string[]>();
  const kept: string[] = [];
  const missing: string[] = [];
  const notes: string[] = [];
  let worthRetrying = false;
  const counted = (serials: readonly string[]) => {
    const more = serials.length > NAMED ? ", ..." : "";
    const noun = serials.length === 1 ? nouns.one : nouns.many;
    return `${serials.length} ${noun} (${serials.slice(0, NAMED).join(", ")}${more})`;
  };
  const line = (serials: readonly string[], what: string) =>
    serials.length === 0 ? [] : [`${counted(serials)} ${what}`];
  return {
    failed(failure, serial) {
      const what = `${failure.subject} answered ${failure.status}`;
      const serials = failures.get(what) ?? [];
      if (serial !== undefined) serials.push(serial);
      failures.set(what, serials);
      worthRetrying ||= failure.transient;
    },
    stale: (serial, known) => (known ? kept : missing).push(serial),
    note: (sentence) => notes.push(sentence),
    get worthRetrying() {
      return worthRetrying;
    },
    get missing() {
      return missing.length;
    },
    lines: () => [
      ...[...failures].map(([what, serials]) => (serials.length === 0 ? what : `${what} for ${counted(serials)}`)),
      ...line(kept, "kept as before"),
      ...line(missing, "not monitored until a refresh succeeds"),
      ...notes,
    ],
  };
}
