import { type Consumer, type ConsumerConfig, ErrorCode, type JetStreamManager, NatsError, type StreamInfo } from "nats";
import type { Logger } from "pino";
import type { Link } from "./link.ts";
import { streamConfig, subjectsOf } from "./streams.ts";
import type { SentHeaders } from "./wire-headers.ts";

const API_TIMEOUT_MS = 5_000;
const STREAM_NOT_FOUND = 10059;

export interface StoredMessage {
  readonly stream: string;
  /** What the stream has to capture, at least. */
  readonly subjects: readonly string[];
  readonly subject: string;
  readonly payload: Uint8Array;
  readonly headers: SentHeaders;
}

/** The parts of JetStream that the bus uses. All of them fail with a NatsError while it is not there. */
export interface JetStream {
  /** False with a server that has none. Asked once a connection. */
  available(): Promise<boolean>;
  /** Creates the stream, or adds the subjects that it lacks. Done once a connection. */
  ensureStream(name: string, subjects: readonly string[]): Promise<void>;
  /** Stores a message in a stream that acknowledges; resolves when it is stored. */
  store(message: StoredMessage): Promise<void>;
  /** A durable consumer, created when there is none. */
  consumer(stream: string, config: Partial<ConsumerConfig> & { durable_name: string }): Promise<Consumer>;
}

export function createJetStream(link: Link, logger: Logger): JetStream {
  const client = link.nc.jetstream({ timeout: API_TIMEOUT_MS });
  let presence: Promise<boolean> | undefined;
  const ensured = new Map<string, Promise<void>>();
  // A restarted server may have lost its streams, or be a newer one.
  link.events.on("restored", () => {
    presence = undefined;
    ensured.clear();
  });

  const jetStream: JetStream = {
    available() {
      presence ??= isThere().catch((error: unknown) => {
        presence = undefined;
        throw error;
      });
      return presence;
    },
    ensureStream(name, atHand) {
      const subjects = subjectsOf(name, atHand);
      const id = [name, ...subjects].join(" ");
      const known = ensured.get(id);
      if (known !== undefined) return known;
      const done = ensure(name, subjects).catch((error: unknown) => {
        ensured.delete(id);
        throw error;
      });
      ensured.set(id, done);
      return done;
    },
    async store({ stream, subjects, subject, payload, headers }) {
      await jetStream.ensureStream(stream, subjects);
      try {
        await client.publish(subject, payload, { headers, timeout: API_TIMEOUT_MS });
      } catch (error) {
        // Nobody answers where the stream has gone: look again the next time.
        ensured.clear();
        throw error;
      }
    },
    async consumer(stream, config) {
      const manager = await managerOf();
      await manager.consumers.add(stream, config);
      return client.consumers.get(stream, config.durable_name);
    },
  };
  return jetStream;

  function managerOf(): Promise<JetStreamManager> {
    return link.nc.jetstreamManager({ timeout: API_TIMEOUT_MS, checkAPI: false });
  }

  async function isThere(): Promise<boolean> {
    try {
      // Servers that know no headers know no JetStream either, and would let the question run into its timeout.
      if (link.hasHeaders) {
        await (await managerOf()).getAccountInfo();
        return true;
      }
    } catch (error) {
      if (!(error instanceof NatsError) || !(error.code === ErrorCode.NoResponders || error.api_error)) throw error;
    }
    logger.warn("this NATS server has no JetStream: messages and audit records are not kept");
    return false;
  }

  async function ensure(name: string, subjects: string[]): Promise<void> {
    const { streams } = await managerOf();
    // Two services that add different subjects at once overwrite each other's; a look afterwards shows it.
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const found = await foundOrUndefined(streams.info(name));
      if (found === undefined) {
        await streams.add(streamConfig(name, subjects)).catch(() => undefined);
        logger.info({ stream: name, subjects }, "stream created");
        continue;
      }
      const missing = subjects.filter((subject) => !found.config.subjects.includes(subject));
      if (missing.length === 0) return;
      await streams.update(name, { ...found.config, subjects: [...found.config.subjects, ...missing] });
    }
    throw new Error(`stream ${name} does not take the subjects ${subjects.join(", ")}`);
  }
}

async function foundOrUndefined(info: Promise<StreamInfo>): Promise<StreamInfo | undefined> {
  try {
    return await info;
  } catch (error) {
    if (error instanceof NatsError && error.api_error?.err_code === STREAM_NOT_FOUND) return undefined;
    throw error;
  }
}
