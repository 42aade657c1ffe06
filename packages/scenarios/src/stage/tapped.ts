import type { Contract } from "@trunkline/contracts";
import type { ScheduledRun, ServiceDefinition, ServiceParts } from "@trunkline/service";
import type { PendingJobs } from "./pending-jobs.ts";
import type { Recorder } from "./recorder.ts";

/** A schedule of the service, for one of its keys. It runs when the scenario says so. */
export interface TappedSchedule {
  readonly name: string;
  readonly key: string;
  readonly work: (run: ScheduledRun) => Promise<void>;
}

/** What is seen and done at the door between a service and everything it is given. */
export interface Tap {
  readonly recorder: Recorder;
  readonly jobs: PendingJobs;
  readonly schedules: TappedSchedule[];
  /** How many messages of a subject the service has dealt with. */
  readonly consumed: Map<string, number>;
  opened(parts: ServiceParts): Promise<void>;
}

/** The same service, seen at its own door: so in its own order, whatever it does at the same time. */
export function tapped(definition: ServiceDefinition, tap: Tap): ServiceDefinition {
  return {
    ...definition,
    start: async (parts) => {
      await tap.opened(parts);
      await definition.start({
        ...parts,
        bus: tappedBus(parts, tap),
        jobs: tap.jobs.observed(parts.jobs),
        schedule: async ({ name, key = "all" }, work) => {
          tap.schedules.push({ name, key, work });
        },
      });
    },
  };
}

function tappedBus({ bus, config }: ServiceParts, { recorder, consumed }: Tap): ServiceParts["bus"] {
  const isDryRun = config.CURRENT_ENVIRONMENT !== "production";
  return {
    serve: bus.serve,
    request: async (contract, body, options) => {
      if (contract.effect === "read") {
        recorder.reads.push({ subject: contract.subject, body: asJson(body) });
        return bus.request(contract, body, options);
      }
      const effect = { subject: contract.subject, body: asJson(body), withheld: false };
      recorder.effects.push(effect);
      const reply = await bus.request(contract, body, options);
      if (!reply.ok && reply.withheld) effect.withheld = true;
      return reply;
    },
    publish: async (contract, body, options) => {
      const withheld = isDryRun && isWithheld(contract);
      recorder.effects.push({ subject: contract.subject, body: asJson(body), withheld });
      await bus.publish(contract, body, options);
    },
    consume: (contract, handler, options) => {
      const count = () => consumed.set(contract.subject, (consumed.get(contract.subject) ?? 0) + 1);
      return bus.consume(contract, (body, context) => handler(body, context).finally(count), options);
    },
  };
}

function isWithheld(contract: Contract): boolean {
  return contract.kind === "message" && contract.effect === "write" && contract.dryRun === "withhold";
}

/** As it goes over the wire. */
function asJson(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body ?? null));
}
