import { openObserver } from "@trunkline/bus";
import type { Clock } from "@trunkline/clock";
import type { Logger } from "pino";
import type { NatsView } from "../control/nats-view.ts";
import type { Traffic } from "../control/traffic.ts";
import { startTap } from "./tap.ts";
import { createTrafficLog } from "./traffic-log.ts";

export interface NatsViewOptions {
  readonly server: string;
  readonly hostname: string;
  readonly port: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onTraffic: (traffic: Traffic) => void;
}

/**
 * Puts a tap in front of a NATS server and looks on through it.
 *
 * @throws CannotConnectError of the bus when no server answers within half a minute
 */
export async function startNatsView(options: NatsViewOptions): Promise<NatsView> {
  const log = createTrafficLog(options.clock, options.onTraffic);
  const tap = await startTap({ ...options, onMessage: log.add });
  const observer = await openObserver({ servers: tap.url, name: "sandbox", logger: options.logger }).catch(
    async (error: unknown) => {
      await tap.stop();
      throw error;
    },
  );
  return {
    url: tap.url,
    services: () => observer.services(),
    publish: (subject, payload) => observer.publish(subject, payload),
    traffic: log.list,
    async stop() {
      await observer.close();
      await tap.stop();
    },
  };
}
