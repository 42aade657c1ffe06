import { randomUUID } from "node:crypto";
import {
  ask,
  connectBare,
  FaultyThirdParty,
  type Players,
  type Resolver,
  replay,
  startPlayers,
  type Vector,
  type VectorFile,
} from "@trunkline/conformance";
import type { Sandbox } from "@trunkline/sandbox";
import { type RunningService, type ServiceDefinition, startService } from "@trunkline/service";
import type { TestBrokers } from "@trunkline/testkit";
import { pino } from "pino";
import { FaultyRoute } from "./faulty-route.ts";
import { secretsIn } from "./secrets.ts";

export interface BridgeOptions {
  readonly definition: ServiceDefinition;
  readonly file: VectorFile;
  readonly brokers: TestBrokers;
  readonly sandbox: Sandbox;
  readonly resolver: Resolver;
  /** Tells bridges apart that run at once: part of host names and of Redis keys. */
  readonly zone: string;
}

/** One bridge between brokers and a third party that fails on demand. */
export interface BridgeUnderFaults {
  readonly third: FaultyThirdParty;
  readonly stage: Players["stage"];
  /** The ways to its mail servers, by their host names. */
  readonly routes: ReadonlyMap<string, FaultyRoute>;
  /** What must not be in any reply or log line. */
  readonly secrets: readonly string[];
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Sends a request by a deadline. @returns the reply's text; undefined when there was none in time */
  ask(vector: Vector, requestId: string, withinMs: number): Promise<string | undefined>;
  /** Plays a vector without faults. @returns what differs */
  replay(vector: Vector): Promise<string[]>;
  /** Makes it forget what it keeps in Redis: tasks under way, outcomes of writes. */
  forget(): Promise<void>;
  /** Lines logged since the last look. */
  takeLines(): string[];
  close(): Promise<void>;
}

export async function openBridge(options: BridgeOptions): Promise<BridgeUnderFaults> {
  const { definition, file, brokers, sandbox, resolver, zone } = options;
  await using opening = new AsyncDisposableStack();
  const names = resolver.open(zone);
  const third = new FaultyThirdParty(
    file.session.map(({ exchange }) => exchange),
    names,
  );
  const players = await startPlayers(file, { starts: { http: third.start } });
  opening.defer(() => players.stop());
  const nats = await connectBare(brokers.nats.url);
  opening.defer(() => nats.close());
  const routes = new Map<string, FaultyRoute>();
  for (const [host, address] of Object.entries(players.hostAliases)) {
    if (protocolsOf(file, host).some((protocol) => protocol === "smtp" || protocol === "imap")) {
      routes.set(host, opening.use(await FaultyRoute.open(Number(address.split(":")[1]))));
    }
  }
  const given = sandbox.env(definition.name);
  const env = brokers.environment({
    ...given,
    ENVIRONMENT_NAME: zone,
    HOST_ALIASES: JSON.stringify({
      ...JSON.parse(given.HOST_ALIASES ?? "{}"),
      ...named(players, { file, suffix: names.suffix }),
      ...Object.fromEntries([...routes].map(([host, { address }]) => [host, address])),
    }),
    TLS_CA_FILE: players.caFile,
  });
  const lines: string[] = [];
  const logger = pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });
  let running: RunningService | undefined;
  const stop = async () => {
    await running?.stop();
    running = undefined;
  };
  opening.defer(stop);
  const opened = opening.move();
  return {
    third,
    stage: players.stage,
    routes,
    secrets: secretsIn(given, file),
    async start() {
      running = await startService(definition, { env, logger });
    },
    stop,
    async ask(vector, requestId, withinMs) {
      const headers = { ...vector.headers, "Trunkline-Deadline": String(Date.now() + withinMs) };
      const request = { ...vector.request, request_id: requestId };
      // A little longer than the deadline: a reply that comes too late is a finding, not none.
      const replyWithinMs = withinMs + 200;
      return ask({ ...vector, headers, request }, { nats, runId: requestId, replyWithinMs }).catch(() => undefined);
    },
    replay: (vector) => replay(vector, { nats, stage: players.stage, runId: randomUUID(), replyWithinMs: 10_000 }),
    async forget() {
      const keys = await brokers.redisClient.keys(`${zone}*`);
      if (keys.length > 0) await brokers.redisClient.del(...keys);
    },
    takeLines: () => lines.splice(0),
    close: () => opened.disposeAsync(),
  };
}

/** Aliases of HTTPS hosts lead through the resolver, those of others straight to their players. */
function named(
  { hostAliases }: Players,
  { file, suffix }: { file: VectorFile; suffix: string },
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(hostAliases).map(([host, address]) => [
      host,
      protocolsOf(file, host).includes("http") ? `${host}${suffix}:${address.split(":")[1]}` : address,
    ]),
  );
}

function protocolsOf({ session, vectors }: VectorFile, host: string): string[] {
  const calls = [...session, ...vectors.flatMap(({ thirdParty }) => thirdParty)];
  return calls.filter((call) => call.host === host).map(({ protocol }) => protocol);
}
