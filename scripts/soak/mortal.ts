import type { ServiceParts } from "@trunkline/service";

/**
 * The parts of a service that may be killed: after its death nothing that it does reaches NATS or Redis any more, and
 * whatever it was waiting for never comes.
 */
export function mortal(parts: ServiceParts, death: AbortSignal): ServiceParts {
  return {
    ...parts,
    bus: guarded(parts.bus, death),
    jobs: guarded(parts.jobs, death),
    redis: (role) => guarded(parts.redis(role), death),
  };
}

/** The same object, whose promises break off when its owner dies. */
function guarded<T extends object>(target: T, death: AbortSignal): T {
  return new Proxy(target, {
    get: (object, name) => {
      const member: unknown = Reflect.get(object, name);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => {
        death.throwIfAborted();
        const result: unknown = member.apply(object, args);
        if (result instanceof Promise) return Promise.race([result, end(death, result)]);
        return isTransaction(result) ? guarded(result, death) : result;
      };
    },
  });
}

/** Rejects at the death; ends its listening when the promise that it accompanies has settled. */
function end(death: AbortSignal, companion: Promise<unknown>): Promise<never> {
  return new Promise((_resolve, reject) => {
    const die = () => reject(death.reason);
    death.addEventListener("abort", die, { once: true });
    const forget = () => death.removeEventListener("abort", die);
    companion.then(forget, forget);
  });
}

/** What `multi` gives leaves the process with its `exec`. */
function isTransaction(value: unknown): value is object {
  return typeof value === "object" && value !== null && "exec" in value;
}
