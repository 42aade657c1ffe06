import type { Edge, Given } from "../format/given.ts";
import { merged } from "../format/merged.ts";
import { dateOf } from "../format/moment.ts";

/** What the bridges' third parties know, as a scenario describes it. */
export interface State {
  /** What holds now. */
  current(): Given;
  /** Lays changes over what holds. */
  change(changes: Given): void;
  dateOf(moment: string): Date;
}

export function createState(initial: Given, beginning: Date): State {
  let present = initial;
  return {
    current: () => present,
    change: (changes) => {
      present = merged(present, changes);
    },
    dateOf: (moment) => dateOf(moment, beginning),
  };
}

/** Entries that are there. */
export function present<Entry>(entries: Readonly<Record<string, Entry | null>> | undefined): [string, Entry][] {
  return Object.entries(entries ?? {}).flatMap(([name, entry]) => (entry === null ? [] : [[name, entry]]));
}

/** Edges of an Orchestrator, by serial. */
export function edgesOn(state: State, host: string | undefined): [string, Edge & { host: string }][] {
  return present(state.current().edges).flatMap(([serial, edge]) => {
    const here = edge.host ?? DEFAULT_HOST;
    return host === undefined || here === host ? [[serial, { ...edge, host: here }]] : [];
  });
}

const DEFAULT_HOST = "vco1.example.net";
