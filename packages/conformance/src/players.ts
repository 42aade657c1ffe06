import { makeCertificates } from "@trunkline/sandbox";
import type { Player, Protocol } from "./protocol.ts";
import { protocols } from "./protocols.ts";
import { Stage } from "./stage.ts";
import { hostsOf, type VectorFile } from "./vectors.ts";

/** The third parties of one bridge, played on this machine. */
export interface Players {
  readonly stage: Stage;
  /** PEM file with the authority that the players' certificate is from. */
  readonly caFile: string;
  /** Host name → `ip:port`, for every host of the vectors. */
  readonly hostAliases: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface PlayersOptions {
  /** The port of each protocol by its name. @default any free one */
  readonly ports?: Readonly<Record<string, number>>;
  /** Other players than the protocols' own, by the protocol's name. */
  readonly starts?: Readonly<Record<string, Protocol["start"]>>;
}

export async function startPlayers(file: VectorFile, options: PlayersOptions = {}): Promise<Players> {
  const { ports = {}, starts = {} } = options;
  await using started = new AsyncDisposableStack();
  const stage = new Stage(file.session);
  const hosts = hostsOf(file);
  const certificates = await makeCertificates([...hosts.keys()]);
  started.defer(() => certificates.remove());
  const players = new Map<string, Player>();
  for (const { name, start } of protocols.filter((protocol) => [...hosts.values()].includes(protocol.name))) {
    const player = await (starts[name] ?? start)({ stage, certificates, port: ports[name] ?? 0 });
    started.defer(() => player.stop());
    players.set(name, player);
  }
  const running = started.move();
  return {
    stage,
    caFile: certificates.caFile,
    hostAliases: Object.fromEntries(
      [...hosts].map(([host, protocol]) => [host, `127.0.0.1:${players.get(protocol)?.port}`]),
    ),
    stop: () => running.disposeAsync(),
  };
}
