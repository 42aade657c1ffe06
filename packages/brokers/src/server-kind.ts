/** What is particular to one kind of server; how it is run is the same for all. */
export interface ServerKind {
  readonly program: string;
  /** Of the URLs that clients use. */
  readonly scheme: string;
  readonly image: string;
  /** The configuration file's text. */
  configuration(place: ServerPlace): string;
  /** Variables of its process beside ours. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** The program's arguments to run with that file. */
  arguments(configFile: string): string[];
  /** How to tell that exactly this server is ready. */
  probe(configFile: string): Probe;
}

export interface ServerPlace {
  readonly host: string;
  readonly port: number;
  readonly dataFolder: string;
}

/** A short conversation: what to say on a fresh connection, and what must all be in the answer. */
export interface Probe {
  readonly say: string;
  readonly expect: readonly string[];
}
