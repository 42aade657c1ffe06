/** A write or a notification, at the moment at which the service gave it to the bus. */
export interface Effect {
  readonly subject: string;
  readonly body: unknown;
  /** The dry run kept it back. */
  withheld: boolean;
}

export interface Read {
  readonly subject: string;
  readonly body: unknown;
}

export type JobChange =
  | {
      readonly change: "scheduled";
      readonly kind: string;
      readonly key: string;
      /** Milliseconds from then until it is due. */
      readonly dueInMs: number;
      readonly data: unknown;
    }
  | { readonly change: "cancelled"; readonly kind: string; readonly key: string };

/** What a service was seen to do, in order. */
export interface Recorder {
  readonly effects: Effect[];
  readonly reads: Read[];
  readonly jobs: JobChange[];
  /** What else may explain a failure: failed runs, warnings of the service. */
  readonly remarks: string[];
  forget(): void;
}

export function createRecorder(): Recorder {
  const lists = { effects: [] as Effect[], reads: [] as Read[], jobs: [] as JobChange[], remarks: [] as string[] };
  return {
    ...lists,
    forget: () => {
      for (const list of Object.values(lists)) list.length = 0;
    },
  };
}
