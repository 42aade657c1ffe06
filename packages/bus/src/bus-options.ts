import type { Clock } from "@trunkline/clock";
import type { Redis } from "ioredis";
import type { TlsOptions } from "nats";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { Credentials } from "./connection-options.ts";

export interface BusOptions {
  /** `nats://[user:password@]host[:port]`, one or several. */
  readonly servers: string | readonly string[];
  /** Where the URLs name no user. */
  readonly credentials?: Credentials | undefined;
  /** The service's name as operators know it: letters, digits, dashes. */
  readonly service: string;
  /** @default "0.1.0" */
  readonly version?: string;
  /** What the service does, for `nats micro info`. */
  readonly description?: string;
  /** Where large payloads and the memory of writes are kept; a connection is duplicated, not used itself. */
  readonly redis: Redis | string;
  /** `name` begins the bus's Redis keys; outside `production` writes are withheld. */
  readonly environment: { readonly name: string; readonly production: boolean };
  readonly logger: Logger;
  readonly metrics: Registry;
  /** Tells the times that are written down; deadlines follow the machine's clock. @default the machine's clock */
  readonly clock?: Clock;
  readonly tls?: TlsOptions | undefined;
  /** On how many servers of a cluster a stream is kept: 1, 3 or 5. @default 1 */
  readonly streamReplicas?: number;
  /** How long to try before giving up on a first connection. @default 60000 */
  readonly connectWithinMs?: number;
  /** How long a message that a stream keeps is tried for. @default 30000 */
  readonly publishWithinMs?: number;
  /** How long a replier that says nothing more counts as being at a write. @default 15000 */
  readonly writeLeaseMs?: number;
  /** How long `drain` waits for work in hand before it aborts it. @default 25000 */
  readonly drainWithinMs?: number;
}
