import type { HttpExchange, Vector, VectorFile } from "@trunkline/conformance";
import type { BridgeUnderFaults } from "./bridge-under-faults.ts";
import type { Call } from "./cell.ts";

/** A vector that fails without any fault says nothing about faults. */
class BrokenVector extends Error {
  override readonly name = "BrokenVector";
}

/**
 * Every call that a request of a bridge leads to when all goes well: of each subject, each endpoint once. The numbers of
 * things in a path make no other endpoint.
 *
 * @throws BrokenVector
 */
export async function callsOf(bridge: BridgeUnderFaults, { vectors }: VectorFile): Promise<Call[]> {
  const calls = new Map<string, Call>();
  for (const vector of vectors.filter(succeeds)) {
    bridge.third.takeCalls();
    const complaints = await bridge.replay(vector);
    if (complaints.length > 0) throw new BrokenVector(`${vector.name}: ${complaints.join("; ")}`);
    for (const [callsBefore, exchange] of bridge.third.takeCalls().entries()) {
      const { method, host, path } = exchange.request;
      const key = `${vector.subject} ${method} ${host}${path.replace(/\/\d+(?=\/|$)/g, "/{number}")}`;
      if (exchange.response.status !== undefined && exchange.response.status < 300 && !calls.has(key)) {
        calls.set(key, { vector, exchange, callsBefore });
      }
    }
  }
  return [...calls.values()];
}

/**
 * The sign-ins of a bridge, each with a request that needs it: one to the same host, or any where the bridge signs in
 * at a host of its own for all others.
 */
export function loginsOf({ session, vectors }: VectorFile): Call[] {
  const candidates = vectors.filter((vector) => succeeds(vector) && vector.thirdParty.length > 0);
  const logins = session.filter(({ protocol }) => protocol === "http");
  return logins.flatMap(({ host, exchange }) => {
    const sameHost = candidates.find(({ thirdParty }) => thirdParty.some((call) => call.host === host));
    const vector = sameHost ?? (logins.length === 1 ? candidates[0] : undefined);
    return vector === undefined ? [] : [{ vector, exchange: exchange as HttpExchange, callsBefore: 0 }];
  });
}

function succeeds({ reply, fresh }: Vector): boolean {
  return !fresh && reply !== undefined && reply.status >= 200 && reply.status < 300;
}
