import { parseWireDate, type TicketDetail, type TicketNote } from "@trunkline/contracts";
import type { MonitoredEdge } from "@trunkline/monitor";
import { isTriage } from "@trunkline/notes";
import { isDocumented, type OutageType, outageTypeOf } from "@trunkline/sdwan";
import type { Settings } from "./settings.ts";

/** What a detail of an open ticket needs. */
export type Verdict =
  | { readonly kind: "nothing"; readonly because: Reason }
  /** The notes say nothing about what has happened since. */
  | { readonly kind: "events"; readonly since: Date }
  /** Nobody has explained the outage yet. */
  | { readonly kind: "explain"; readonly outageType: OutageType };

export type Reason =
  | "nothing is left to do on it"
  | "it was written about lately"
  | "the edge's state is unknown"
  | "its pair's other edge is written about";

export interface TriageQuestion {
  readonly detail: TicketDetail;
  readonly notes: readonly TicketNote[];
  /** How the edge is now; undefined where its host does not say. */
  readonly status: MonitoredEdge["status"] | undefined;
  readonly now: Date;
  readonly settings: Pick<Settings, "lastNoteMs">;
}

/** How far back events are looked for in a ticket that nobody has written about. */
const LOOKBACK_MS = 24 * 3600 * 1000;
/** Bruin's marks of details that are resolved or closed. */
const DONE = new Set<string | null>(["R", "C"]);

export function judge({ detail, notes, status, now, settings }: TriageQuestion): Verdict {
  if (DONE.has(detail.detailStatus)) return { kind: "nothing", because: "nothing is left to do on it" };
  const lastNote = newestTriage(notes, detail.detailValue, lookback(now));
  if (lastNote !== undefined) {
    const isRecent = now.getTime() - lastNote.getTime() <= settings.lastNoteMs;
    return isRecent ? { kind: "nothing", because: "it was written about lately" } : { kind: "events", since: lastNote };
  }
  if (status === undefined) return { kind: "nothing", because: "the edge's state is unknown" };
  const outageType = outageTypeOf(status);
  if (outageType === null) return { kind: "events", since: lookback(now) };
  if (!isDocumented(outageType, status)) return { kind: "nothing", because: "its pair's other edge is written about" };
  return { kind: "explain", outageType };
}

function lookback(now: Date): Date {
  return new Date(now.getTime() - LOOKBACK_MS);
}

/** When a triage note or a note of events about the edge was written last. */
function newestTriage(notes: readonly TicketNote[], serial: string | null, undated: Date): Date | undefined {
  return notes
    .filter(({ noteValue, serviceNumber }) => serviceNumber?.includes(serial) === true && isTriage(noteValue ?? ""))
    .map(({ createdDate }) => parseWireDate(createdDate ?? "") ?? undated)
    .sort((one, other) => one.getTime() - other.getTime())
    .at(-1);
}
