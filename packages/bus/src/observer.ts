import { createInbox } from "nats";
import type { Logger } from "pino";
import { z } from "zod";
import { inboxPrefix } from "./connection-options.ts";
import { readJson, writeJson } from "./json.ts";
import { openLink } from "./link.ts";

const endpoint = z.looseObject({
  subject: z.string(),
  queue_group: z.string().default("q"),
  num_requests: z.number(),
  num_errors: z.number(),
  average_processing_time: z.number().describe("Nanoseconds"),
});

const statistics = z.looseObject({
  name: z.string(),
  id: z.string(),
  version: z.string(),
  endpoints: z
    .array(endpoint)
    .nullable()
    .transform((endpoints) => endpoints ?? []),
});

/** A running service as it answers to `$SRV.STATS`. */
export type ServiceStatistics = z.output<typeof statistics>;

/** Someone at NATS who is no service: sees who is there, and may say something once. */
export interface Observer {
  /** Everyone who answers within the wait, by name. Empty when nobody does, and while there is no connection. */
  services(): Promise<ServiceStatistics[]>;
  /** Publishes JSON as it is, outside of any contract. */
  publish(subject: string, payload: unknown): void;
  close(): Promise<void>;
}

export interface ObserverOptions {
  readonly servers: string | readonly string[];
  /** The connection's name. */
  readonly name: string;
  readonly logger: Logger;
  /** Milliseconds that services have for answering. @default 250 */
  readonly waitMs?: number;
  /** @default 30000 */
  readonly connectWithinMs?: number;
}

/**
 * Connects an onlooker.
 *
 * @throws CannotConnectError when no server answers within `connectWithinMs`
 */
export async function openObserver(options: ObserverOptions): Promise<Observer> {
  const { servers, name, logger, waitMs = 250, connectWithinMs = 30_000 } = options;
  const link = await openLink({ servers, service: name, logger, connectWithinMs });
  return {
    async services() {
      if (!link.connected) return [];
      const found: ServiceStatistics[] = [];
      const inbox = createInbox(inboxPrefix(name));
      const answers = link.nc.subscribe(inbox, {
        callback: (_error, message) => {
          const answer = statistics.safeParse(read(message.data));
          if (answer.success) found.push(answer.data);
        },
      });
      link.nc.publish("$SRV.STATS", "", { reply: inbox });
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      answers.unsubscribe();
      return found.sort((one, other) => one.name.localeCompare(other.name) || one.id.localeCompare(other.id));
    },
    publish: (subject, payload) => link.nc.publish(subject, writeJson(payload)),
    close: () => link.close(),
  };
}

/** Undefined for what is no JSON, such as the empty message by which the server says that nobody is there. */
function read(payload: Uint8Array): unknown {
  try {
    return readJson(payload);
  } catch {
    return undefined;
  }
}
