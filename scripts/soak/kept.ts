import type { Broker } from "@trunkline/brokers";
import { Redis } from "ioredis";
import type { JetStreamManager } from "nats";
import type { NatsServers } from "./nats-servers.ts";

/** What the streams and the bridges' memory have kept of a day. */
export interface Kept {
  /** As the stream has them, each once. */
  readonly slackTexts: readonly string[];
  /** Ids of what was published, as `<subject>:<message id>`. */
  readonly stored: ReadonlySet<string>;
  /** What has an audit record, as `<subject>:<key>`. */
  readonly audited: ReadonlySet<string>;
  /** Writes of bridges that have an outcome, as `<subject>:<key>`. */
  readonly written: ReadonlySet<string>;
}

const SLACK = "notification.slack.request";
const AUDIT = "AUDIT";
const NOTIFICATIONS = "NOTIFICATIONS";
/** The environment of the day's services; a key follows the subject. */
const WRITTEN = /^soak-idempotency-([a-z_.]+)-(.*)$/;

export async function keptBy(nats: NatsServers, { url }: Broker): Promise<Kept> {
  await using closing = new AsyncDisposableStack();
  const nc = await nats.connect();
  closing.defer(() => nc.close());
  const redis = new Redis(url);
  closing.defer(() => redis.disconnect());
  const manager = await nc.jetstreamManager({ checkAPI: false });
  const notifications = await messagesOf(manager, NOTIFICATIONS);
  const records = (await messagesOf(manager, AUDIT)).map((message) => message.json<Record<string, unknown>>());
  const keys = (await redis.keys("soak-idempotency-*")).filter((key) => !key.endsWith(":lease"));
  return {
    slackTexts: notifications
      .filter(({ subject }) => subject === SLACK)
      .map((message) => message.json<{ body: { message: string } }>().body.message),
    stored: new Set(notifications.map(({ header }) => header.get("Nats-Msg-Id"))),
    audited: new Set(records.map(({ subject, idempotencyKey }) => `${subject}:${idempotencyKey}`)),
    written: new Set(keys.map((key) => key.replace(WRITTEN, "$1:$2"))),
  };
}

/** What was published and is not stored, stored and not posted, written and has no record. */
export function lossesIn({ slackTexts, stored, audited, written }: Kept, posted: readonly string[]): string[] {
  const notPosted = [...slackTexts];
  for (const text of posted) {
    const index = notPosted.indexOf(text);
    if (index >= 0) notPosted.splice(index, 1);
  }
  const published = [...audited].filter((id) => id.startsWith("notification.") && !id.endsWith(":undefined"));
  return [
    ...published.filter((id) => !stored.has(id)).map((id) => `published and not stored: ${id}`),
    ...notPosted.map((text) => `stored and not posted: ${text.slice(0, 200)}`),
    ...[...stored].filter((id) => id !== "" && isNamed(id) && !audited.has(id)).map((id) => `without a record: ${id}`),
    ...[...written].filter((id) => !audited.has(id)).map((id) => `without a record: ${id}`),
  ];
}

/** Ids that a publisher gave; the bus makes one for each of the others, which its record does not tell. */
function isNamed(id: string): boolean {
  return id.includes("/");
}

async function messagesOf({ streams }: JetStreamManager, stream: string) {
  const { state } = await streams.info(stream);
  const sequences = Array.from({ length: state.messages }, (_, index) => state.first_seq + index);
  return Promise.all(sequences.map((seq) => streams.getMessage(stream, { seq })));
}
