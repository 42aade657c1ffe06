/** One way to ask a question over NATS: an answering side and an asking side, on connections of their own. */
export interface Contender {
  readonly name: string;
  /** Sends the payload and resolves with the echo. */
  ask(payload: Payload): Promise<Payload>;
  stop(): Promise<void>;
}

export type StartContender = (natsUrl: string) => Promise<Contender>;

/** The echoed body: about 700 bytes of JSON, the row of one link as monitors and bridges exchange it by the thousand. */
export type Payload = typeof payload;

export const payload = {
  host: "vco1.example.net",
  enterpriseName: "Acme Foods|90001|",
  enterpriseId: 22,
  edgeName: "ACME Springfield 0042",
  edgeState: "CONNECTED",
  edgeSystemUpSince: "2026-01-01T00:00:00.000Z",
  edgeServiceUpSince: "2026-01-01T00:05:00.000Z",
  edgeLastContact: "2026-02-03T04:05:06.000Z",
  edgeId: 4710,
  edgeSerialNumber: "VC05200000704",
  edgeHASerialNumber: null as string | null,
  edgeModelNumber: "edge520",
  displayName: "Contoso Fiber 203.0.113.7",
  isp: "Contoso Fiber",
  interface: "GE1",
  internalId: "00000001-ac28-4047-8165-0c3f16a1e7a2",
  linkState: "STABLE",
  linkLastActive: "2026-02-03T04:05:06.000Z",
  linkVpnState: "STABLE",
  linkId: 9120,
  linkIpAddress: "203.0.113.7",
};
