/** One way to ask a question over NATS: an answering side and an asking side, on connections of their own. */
export interface Contender {
  readonly name: string;
  /** Sends the payload and resolves with the echo. */
  ask(payload: Payload): Promise<Payload>;
  stop(): Promise<void>;
}

export type StartContender = (natsUrl: string) => Promise<Contender>;

/** The echoed body: about 700 bytes of JSON shaped like a link's status. */
export interface Payload {
  readonly host: string;
  readonly edges: readonly { readonly serial: string; readonly state: string; readonly links: readonly string[] }[];
}

export const payload: Payload = {
  host: "vco1.example.net",
  edges: Array.from({ length: 7 }, (_, index) => ({
    serial: `VC0520000070${index}`,
    state: "CONNECTED",
    links: ["GE1 STABLE 203.0.113.7", "GE2 STABLE 203.0.113.8"],
  })),
};
