/** Something that is written down about a ticket, in the words of a comparison. */
export interface Entry {
  /** Milliseconds since 1970, on the clock of the day. */
  readonly at: number;
  readonly text: string;
}

/** A ticket and all that happened to it: what should be, and what is, are both told so. */
export interface TicketStory {
  /** Of the edge that it was opened for. */
  readonly serial: string;
  readonly openedAt: number;
  readonly status: "New" | "In-Progress" | "Resolved" | "Closed";
  readonly severity: number;
  readonly entries: readonly Entry[];
}

/** How an explanation of an outage reads in a comparison. */
export function explanation(
  title: "triage" | "re-opening",
  serial: string,
  story: { readonly outage: string; readonly links: Readonly<Record<string, string>> },
): string {
  const links = Object.entries(story.links).map(([name, state]) => `${name} ${state}`);
  return `${title} note on ${serial}: ${story.outage}; ${links.sort().join(", ")}`;
}
