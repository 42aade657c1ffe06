import {
  type Consumer,
  type ConsumerConfig,
  ErrorCode,
  type JetStreamClient,
  type JetStreamManager,
  NatsError,
  type StreamAPI,
  type StreamConfig,
  type StreamInfo,
} from "nats";
import type { Logger } from "pino";
import type { Link } from "./link.ts";
import { streamConfig, subjectsOf } from "./streams.ts";
import { SentHeaders } from "./wire-headers.ts";

const API_TIMEOUT_MS = 5_000;
// A stream without a leader leaves the question unanswered: the sooner it is asked again, the sooner it is published.
const LEADER_TIMEOUT_MS = 2_000;
const STREAM_NOT_FOUND = 10059;
// JetStream is not enabled on the server, or not for this account.
const NOT_ENABLED = [10076, 10039];

export interface StoredMessage {
  readonly stream: string;
  /** What the stream has to capture, at least. */
  readonly subjects: readonly string[];
  readonly subject: string;
  /** A block of headers. */
  readonly headers: string;
  readonly text: string;
}

/** The parts of JetStream that the bus uses. All of them reject with a NatsError while it cannot be reached. */
export class JetStream {
  readonly #link: Link;
  readonly #logger: Logger;
  readonly #client: JetStreamClient;
  readonly #replicas: number;
  readonly #ensured = new Map<string, Promise<void>>();
  #presence: Promise<boolean> | undefined;

  constructor(link: Link, logger: Logger, replicas = 1) {
    this.#link = link;
    this.#replicas = replicas;
    this.#logger = logger;
    this.#client = link.nc.jetstream({ timeout: API_TIMEOUT_MS });
    // A restarted server may have lost its streams, or be a newer one.
    link.events.on("restored", () => {
      this.#presence = undefined;
      this.#ensured.clear();
    });
  }

  /** False with a server that has none. Asked once a connection. */
  available(): Promise<boolean> {
    this.#presence ??= this.#isThere().catch((error: unknown) => {
      this.#presence = undefined;
      throw error;
    });
    return this.#presence;
  }

  /** Creates the stream, or adds the subjects and the replicas that it lacks. Done once a connection. */
  ensureStream(name: string, atHand: readonly string[]): Promise<void> {
    const subjects = subjectsOf(name, atHand);
    const id = [name, ...subjects].join(" ");
    let ensured = this.#ensured.get(id);
    if (ensured === undefined) {
      ensured = this.#ensure(name, subjects).catch((error: unknown) => {
        this.#ensured.delete(id);
        throw error;
      });
      this.#ensured.set(id, ensured);
    }
    return ensured;
  }

  /**
   * The name of the server that leads a stream, by its own word; empty where no servers share it.
   *
   * @throws NatsError while nobody leads it
   */
  async leaderOf(stream: string): Promise<string> {
    const { streams } = await this.#manager(LEADER_TIMEOUT_MS);
    const { cluster } = await streams.info(stream);
    return cluster?.leader ?? "";
  }

  /** Stores a message in a stream that acknowledges; resolves when it is stored. */
  async store({ stream, subjects, subject, headers, text }: StoredMessage): Promise<void> {
    await this.ensureStream(stream, subjects);
    const publishing = this.#client.publish(subject, text, {
      headers: new SentHeaders(headers),
      timeout: API_TIMEOUT_MS,
    });
    await this.#lookAgainOnFailure(publishing);
  }

  /** A durable consumer, created when there is none and changed when it differs. */
  async consumer(stream: string, config: Partial<ConsumerConfig> & { durable_name: string }): Promise<Consumer> {
    const { consumers } = await this.#manager();
    await this.#lookAgainOnFailure(consumers.add(stream, config));
    return this.#client.consumers.get(stream, config.durable_name);
  }

  /** The stream may have been deleted since it was looked at. */
  async #lookAgainOnFailure(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#ensured.clear();
      throw error;
    }
  }

  #manager(timeout = API_TIMEOUT_MS): Promise<JetStreamManager> {
    return this.#link.nc.jetstreamManager({ timeout, checkAPI: false });
  }

  async #isThere(): Promise<boolean> {
    try {
      // Servers that know no headers know no JetStream either, and would let the question run into its timeout.
      if (this.#link.hasHeaders) {
        await (await this.#manager()).getAccountInfo();
        return true;
      }
    } catch (error) {
      if (!saysNotEnabled(error)) throw error;
    }
    this.#logger.warn("this NATS server has no JetStream: messages and audit records are not kept");
    return false;
  }

  async #ensure(name: string, subjects: readonly string[]): Promise<void> {
    const { streams } = await this.#manager();
    let cause: unknown;
    // Two services that add different subjects at once overwrite each other's; a look afterwards shows it.
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const found = await foundOrUndefined(streams.info(name));
      const missing = subjects.filter((subject) => !found?.config.subjects.includes(subject));
      if (found !== undefined && missing.length === 0) return this.#replicate(streams, found);
      cause = await this.#add(streams, { name, found, missing });
    }
    throw new Error(`stream ${name} does not take ${subjects.join(", ")}`, { cause });
  }

  /** Gives a stream the replicas that it lacks. It works without them, and not every service may change it. */
  async #replicate(streams: StreamAPI, found: StreamInfo): Promise<void> {
    const { name, num_replicas: replicas } = found.config;
    if (replicas >= this.#replicas) return;
    const failure = await this.#add(streams, { name, found, missing: [] });
    if (failure !== undefined) {
      this.#logger.warn({ err: failure, stream: name, replicas }, `stream is not kept on ${this.#replicas} servers`);
    }
  }

  /** Creates a stream or adds to it; resolves with what went wrong, because another service may have done it. */
  async #add(
    streams: StreamAPI,
    { name, found, missing }: { name: string; found: StreamInfo | undefined; missing: readonly string[] },
  ): Promise<unknown> {
    try {
      if (found === undefined) await streams.add(streamConfig(name, missing, this.#replicas));
      else await streams.update(name, grown(found.config, missing, this.#replicas));
      this.#logger.info({ stream: name, subjects: missing, replicas: this.#replicas }, "stream captures subjects");
      return undefined;
    } catch (error) {
      return error;
    }
  }
}

/** What somebody changed by hand stays: subjects and replicas are added, never taken away. */
function grown(config: StreamConfig, subjects: readonly string[], replicas: number): StreamConfig {
  return {
    ...config,
    subjects: [...config.subjects, ...subjects],
    num_replicas: Math.max(config.num_replicas, replicas),
  };
}

function saysNotEnabled(error: unknown): boolean {
  if (!(error instanceof NatsError)) return false;
  return error.code === ErrorCode.NoResponders || NOT_ENABLED.includes(error.api_error?.err_code ?? 0);
}

async function foundOrUndefined(info: Promise<StreamInfo>): Promise<StreamInfo | undefined> {
  try {
    return await info;
  } catch (error) {
    if (error instanceof NatsError && error.api_error?.err_code === STREAM_NOT_FOUND) return undefined;
    throw error;
  }
}
