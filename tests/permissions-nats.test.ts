import { setImmediate } from "node:timers/promises";
import { type MessageContract, type RequestContract, slackNotification } from "@trunkline/contracts";
import { type ServiceDefinition, startService } from "@trunkline/service";
import { connect, createInbox, Events, type NatsConnection, StringCodec } from "nats";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { service as bruinBridge } from "../services/bruin-bridge/src/service.ts";
import { type FencedBrokers, startFencedBrokers } from "./fenced-brokers.ts";

const releases = new AsyncDisposableStack();
let brokers: FencedBrokers;
let subjects: readonly (RequestContract | MessageContract)[];

beforeAll(async () => {
  brokers = releases.use(await startFencedBrokers("fenced"));
  const all = brokers.definitions.flatMap(({ serves, consumes, asks, publishes }) => {
    return [...serves, ...consumes, ...asks, ...publishes];
  });
  subjects = [...new Map(all.map((contract) => [contract.subject, contract])).values()];
});
afterAll(() => releases.disposeAsync());

/** Connections end with each test: a subscription that stays would get requests of the next. */
const connections: NatsConnection[] = [];
afterEach(async () => {
  await Promise.all(connections.splice(0).map((nc) => nc.close()));
});

async function signedIn(user: string): Promise<NatsConnection> {
  const { host, port } = brokers.nats;
  const options = { user, pass: brokers.password("NATS", user), inboxPrefix: `_INBOX.${user}` };
  const nc = await connect({ servers: `${host}:${port}`, ...options });
  connections.push(nc);
  return nc;
}

/** The subjects of these attempts that the server refuses. */
async function refused(nc: NatsConnection, attempt: () => void): Promise<Set<string>> {
  const found = new Set<string>();
  // It ends with the connection.
  void (async () => {
    for await (const { type, permissionContext } of nc.status()) {
      if (type === Events.Error && permissionContext !== undefined) found.add(permissionContext.subject);
    }
  })();
  attempt();
  await nc.flush();
  await setImmediate();
  return new Set(found);
}

const refusedPublishes = (nc: NatsConnection, to: readonly string[]) =>
  refused(nc, () => {
    for (const subject of to) nc.publish(subject);
  });

const refusedSubscriptions = (nc: NatsConnection, to: readonly { subject: string; queueGroup?: string }[]) =>
  refused(nc, () => {
    for (const { subject, queueGroup } of to) {
      nc.subscribe(subject, { ...(queueGroup && { queue: queueGroup }), callback: () => undefined });
    }
  });

const namesOf = (contracts: readonly { readonly subject: string }[]) => contracts.map(({ subject }) => subject);

/** What a definition allows, told apart from how permissions are made of it. */
function mayPublish({ asks, publishes }: ServiceDefinition): Set<string> {
  const withholds = [...asks, ...publishes].some(({ effect }) => effect === "write");
  return new Set([...namesOf(asks), ...namesOf(publishes), ...(withholds ? [slackNotification.subject] : [])]);
}

describe("every service at every subject", () => {
  it("sends what it asks and publishes, and nothing else", async () => {
    for (const definition of brokers.definitions) {
      const nc = await signedIn(definition.name);
      const found = await refusedPublishes(nc, namesOf(subjects));
      const allowed = mayPublish(definition);
      const expected = namesOf(subjects).filter((subject) => !allowed.has(subject));
      expect([definition.name, [...found].sort()]).toEqual([definition.name, expected.sort()]);
    }
  });

  it("receives what it serves and consumes, as one of its replicas, and nothing else", async () => {
    for (const definition of brokers.definitions) {
      const nc = await signedIn(definition.name);
      const own = new Set(namesOf([...definition.serves, ...definition.consumes]));
      const inGroup = await refusedSubscriptions(nc, subjects);
      const expected = namesOf(subjects).filter((subject) => !own.has(subject));
      expect([definition.name, [...inGroup].sort()]).toEqual([definition.name, expected.sort()]);
      const alone = await refusedSubscriptions(
        nc,
        subjects.map(({ subject }) => ({ subject })),
      );
      expect([definition.name, [...alone].sort()]).toEqual([definition.name, namesOf(subjects).sort()]);
    }
  });

  it("reads nobody else's answers, discovers nobody, and touches no stream but as it has to", async () => {
    for (const { name, consumes } of brokers.definitions) {
      const nc = await signedIn(name);
      const others = brokers.definitions.filter((other) => other.name !== name).map((other) => other.name);
      const listening = [
        ...[">", "*", "_INBOX.>", "_INBOX.*.>", "$JS.>", "$SRV.>", "trunkline.>", "$SYS.>"],
        ...[...others, "operator", "sandbox"].map((other) => `_INBOX.${other}.>`),
        ...others.map((other) => `$SRV.PING.${other}`),
      ];
      const unheard = await refusedSubscriptions(
        nc,
        listening.map((subject) => ({ subject })),
      );
      expect([name, [...unheard].sort()]).toEqual([name, listening.sort()]);

      const saying = [
        ...others.flatMap((other) => [`_INBOX.${other}.x.1`, `trunkline.audit.${other}.x`, `$SRV.PING.${other}`]),
        ...[
          "$SRV.PING",
          "$SYS.REQ.SERVER.PING",
          "trunkline.dead.x",
          "$JS.API.STREAM.LIST",
          "$JS.API.CONSUMER.LIST.AUDIT",
        ],
        ...["AUDIT", "DEAD_LETTERS", "NOTIFICATIONS"].flatMap((stream) => [
          ...["DELETE", "PURGE", "MSG.GET", "MSG.DELETE", "SNAPSHOT"].map((verb) => `$JS.API.STREAM.${verb}.${stream}`),
          `$JS.API.DIRECT.GET.${stream}`,
          `$JS.API.CONSUMER.CREATE.${stream}`,
          `$JS.API.CONSUMER.CREATE.${stream}.mine`,
          `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.mine`,
          `$JS.API.CONSUMER.MSG.NEXT.${stream}.mine`,
          ...(consumes.some((contract) => contract.stream === stream) ? [] : [`$JS.API.STREAM.UPDATE.${stream}`]),
        ]),
        ...(name === "notifier" ? [] : ["$JS.API.CONSUMER.MSG.NEXT.NOTIFICATIONS.notifier-slack"]),
        ...(name === "notifier" ? [] : ["$JS.ACK.NOTIFICATIONS.notifier-slack.1.1.1.1.1"]),
      ];
      const unsaid = await refusedPublishes(nc, saying);
      expect([name, [...unsaid].sort()]).toEqual([name, saying.sort()]);
    }
  });
});

it("lets whoever is asked answer the one who asked, and only after that", async () => {
  const [bridge, monitor] = [await signedIn("digi-bridge"), await signedIn("service-outage-monitor")];
  bridge.subscribe("digi.reboot", {
    queue: "digi_bridge",
    callback: (_error, message) => void message.respond("done"),
  });
  await bridge.flush();
  const reply = await monitor.request("digi.reboot", "", { timeout: 2_000 });
  expect(StringCodec().decode(reply.data)).toBe("done");
  const inbox = createInbox("_INBOX.service-outage-monitor");
  expect(await refusedPublishes(bridge, [inbox])).toEqual(new Set([inbox]));
});

it("lets nobody in without a password, or with another's", async () => {
  const servers = `${brokers.nats.host}:${brokers.nats.port}`;
  await expect(connect({ servers })).rejects.toThrow(/authorization/i);
  await expect(connect({ servers, user: "notifier" })).rejects.toThrow(/authorization/i);
  const pass = brokers.password("NATS", "digi-bridge");
  await expect(connect({ servers, user: "notifier", pass })).rejects.toThrow(/authorization/i);
});

it("a service with another's credentials says at its start what it is refused", async () => {
  const env = {
    ...brokers.variablesOf("digi-bridge"),
    ENVIRONMENT_NAME: "fenced",
    START_TIMEOUT: "1",
    HEALTH_PORT: "0",
    METRICS_PORT: "0",
    LOG_LEVEL: "silent",
    BRUIN_BASE_URL: "https://api.bruin.example.net",
    BRUIN_LOGIN_URL: "https://id.bruin.example.net",
    BRUIN_CLIENT_ID: "id",
    BRUIN_CLIENT_SECRET: "secret",
    IPA_SYSTEM_USERNAME_IN_BRUIN: "robot",
  };
  await expect(startService(bruinBridge, { env })).rejects.toThrow(
    /NATS does not allow this service to subscribe to _INBOX.bruin-bridge/,
  );
});

it("whoever may create a stream where there is none cannot change one that is there", async () => {
  const manager = await (await signedIn("operator")).jetstreamManager();
  const { config } = await manager.streams.add({ name: "AUDIT", subjects: ["trunkline.audit.>"] });
  const service = await (await signedIn("alerts")).jetstreamManager({ checkAPI: false });
  const greedy = { name: "AUDIT", subjects: ["trunkline.>"], republish: { src: ">", dest: "_INBOX.alerts.>" } };
  await expect(service.streams.add(greedy)).rejects.toThrow(/already in use/);
  await expect(service.streams.update("AUDIT", greedy)).rejects.toThrow(/permissions violation/i);
  expect((await manager.streams.info("AUDIT")).config).toEqual(config);
});

it("an operator finds services and streams, and the sandbox speaks to people", async () => {
  const operator = await signedIn("operator");
  const manager = await operator.jetstreamManager();
  expect(await manager.streams.names().next()).toBeDefined();
  expect(await refusedPublishes(operator, ["digi.reboot", "$SRV.STATS"])).toEqual(new Set(["digi.reboot"]));
  const sandbox = await signedIn("sandbox");
  const said = ["digi.reboot", "notification.slack.request", "$JS.API.STREAM.LIST"];
  expect(await refusedPublishes(sandbox, said)).toEqual(new Set(["digi.reboot", "$JS.API.STREAM.LIST"]));
});
