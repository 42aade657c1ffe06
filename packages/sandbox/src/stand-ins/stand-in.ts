import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { FaultKind } from "../faults/fault.ts";
import type { Random } from "../random.ts";
import type { World } from "../world/world.ts";
import type { RateLimit } from "./token-bucket.ts";

/** One third party over HTTPS. */
export interface StandIn {
  /** What faults and recorded calls know it by. */
  readonly system: string;
  /** The names it goes by; requests find it by their Host header. */
  readonly hosts: readonly string[];
  readonly app: Hono<{ Bindings: HttpBindings }>;
  readonly faultKinds: readonly FaultKind[];
  /** Makes it forget who is signed in, where anybody can be. */
  readonly expireSessions?: () => void;
  /** The variables that services need to talk to it, by the service's name. */
  readonly environment: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What stand-ins are made of. */
export interface StandInParts {
  readonly world: World;
  readonly random: Random;
  readonly settings: StandInSettings;
}

export interface StandInSettings {
  /** How long a login at VeloCloud lasts. @default 86400 */
  readonly velocloudSessionSeconds?: number | undefined;
  /** How long a token of Bruin lasts. @default 3600 */
  readonly bruinTokenSeconds?: number | undefined;
  /** @default none */
  readonly bruinRateLimit?: RateLimit | undefined;
  /** Whether the mail server puts a mail's UID after its bytes, as some do. @default false */
  readonly imapUidLast?: boolean | undefined;
  /** How long a token of DiGi lasts. @default 3600 */
  readonly digiTokenSeconds?: number | undefined;
  /** How long a token of DataRemote lasts. @default 3600 */
  readonly driTokenSeconds?: number | undefined;
  /** How long a device takes to answer DataRemote. @default 5 */
  readonly driTaskSeconds?: number | undefined;
  /** Slack's real limit is about one message a second. @default none */
  readonly slackRateLimit?: RateLimit | undefined;
  /** How long a login at Hawkeye lasts. @default 1440 */
  readonly hawkeyeSessionSeconds?: number | undefined;
  /** @default none */
  readonly hawkeyeRateLimit?: RateLimit | undefined;
}
