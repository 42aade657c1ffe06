import type { Logger } from "pino";
import type { FaultKind } from "../faults/fault.ts";
import type { FaultList } from "../faults/fault-list.ts";
import type { Feed } from "../feed.ts";
import type { Calls } from "../stand-ins/calls.ts";
import type { World } from "../world/world.ts";
import type { NatsView } from "./nats-view.ts";
import type { SandboxEvents } from "./sandbox-events.ts";

/** What the control API shows and drives. */
export interface ControlParts {
  readonly world: World;
  readonly faults: FaultList;
  readonly logger: Logger;
  readonly calls: Calls;
  readonly feed: Feed<SandboxEvents>;
  /** The variables that a service needs to talk to the stand-ins. */
  readonly env: (service: string) => Record<string, string>;
  /** The certificate of the authority that whoever talks to the stand-ins has to trust, as PEM. */
  readonly authority: string;
  /** What may go wrong with each third party. */
  readonly faultKinds: ReadonlyMap<string, readonly FaultKind[]>;
  /** Undefined where the sandbox knows of no NATS. */
  readonly nats: NatsView | undefined;
}
