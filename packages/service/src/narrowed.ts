import type { Bus } from "@trunkline/bus";
import type { Contract, MessageContract, RequestContract } from "@trunkline/contracts";
import type { JobKind, Jobs } from "@trunkline/jobs";
import { NotServed, Undeclared } from "./errors.ts";
import { inSpan } from "./in-span.ts";
import type { ServiceBus, ServiceDefinition } from "./types.ts";

type Declared = Pick<ServiceDefinition, "serves" | "asks" | "publishes" | "consumes">;

export interface NarrowedBus {
  readonly bus: ServiceBus<RequestContract, RequestContract, MessageContract, MessageContract>;
  /** @throws NotServed when something declared was not set up */
  checkComplete(): void;
}

/** The bus of a service: what its definition does not declare does not go through. */
export function narrowBus(bus: Bus, { serves, asks, publishes, consumes }: Declared): NarrowedBus {
  const done = new Set<string>();
  return {
    bus: {
      serve: async (contract, handler, options) => {
        demand(contract, serves, "serves");
        await bus.serve(contract, handler, options);
        done.add(contract.subject);
      },
      request: async (contract, body, options) => {
        demand(contract, asks, "asks");
        return bus.request(contract, body, options);
      },
      publish: async (contract, body, options) => {
        demand(contract, publishes, "publishes");
        return bus.publish(contract, body, options);
      },
      consume: async (contract, handler, options) => {
        demand(contract, consumes, "consumes");
        await bus.consume(contract, handler, { ...options, durable: contract.consumer });
        done.add(contract.subject);
      },
    },
    checkComplete: () => {
      const missing = [...serves, ...consumes].map(({ subject }) => subject).filter((subject) => !done.has(subject));
      if (missing.length > 0) throw new NotServed(missing);
    },
  };
}

function demand({ subject }: Contract, declared: readonly Contract[], list: string): void {
  if (!declared.some((known) => known.subject === subject)) throw new Undeclared(subject, list);
}

/** The jobs of a service: only the kinds that its definition declares. There are none to open when it declares none. */
export function narrowJobs(
  jobs: Jobs | undefined,
  declared: readonly string[],
): Pick<Jobs, "schedule" | "cancel" | "work"> {
  const jobsFor = ({ name }: JobKind): Jobs => {
    if (jobs === undefined || !declared.includes(name)) throw new Undeclared(`job ${name}`, "jobs");
    return jobs;
  };
  return {
    schedule: async (kind, job) => jobsFor(kind).schedule(kind, job),
    cancel: async (kind, key) => jobsFor(kind).cancel(kind, key),
    work: async (kind, handler, options) =>
      jobsFor(kind).work(
        kind,
        (data, context) =>
          inSpan(`job ${kind.name}`, context.logger, (logger) => handler(data, { ...context, logger })),
        options,
      ),
  };
}
