import type { HttpExchange, Vector, VectorFile } from "@trunkline/conformance";
import type { BridgeUnderFaults } from "./bridge-under-faults.ts";
import type { Call, GrpcCall } from "./cell.ts";
import { type MailCall, mailFaults } from "./mail-faults.ts";

/**
 * Every call that a request of a bridge leads to when all goes well: of each subject, each endpoint once. The numbers of
 * things in a path make no other endpoint.
 *
 * @throws BrokenVector
 */
export async function callsOf(bridge: BridgeUnderFaults, { vectors }: VectorFile): Promise<Call[]> {
  const calls = new Map<string, Call>();
  for (const vector of vectors.filter(succeeds)) {
    await bridge.forget();
    bridge.third.takeCalls();
    const complaints = await bridge.replay(vector);
    if (complaints.length > 0) continue;
    const made = bridge.third.takeCalls();
    for (const [index, exchange] of made.entries()) {
      const { method, host, path } = exchange.request;
      const callsBefore = made.slice(0, index).filter(({ request }) => request.host === host).length;
      const key = `${vector.subject} ${method} ${host}${path.replace(/\/\d+(?=\/|$)/g, "/{number}")}`;
      if (exchange.response.status !== undefined && exchange.response.status < 300 && !calls.has(key)) {
        calls.set(key, { vector, exchange, callsBefore });
      }
    }
  }
  return [...calls.values()];
}

/** Every gRPC call that a request leads to when all goes well, of each subject each method once. */
export function grpcCallsOf({ vectors }: VectorFile): Map<string, GrpcCall> {
  const calls = new Map<string, GrpcCall>();
  for (const vector of vectors.filter(succeeds)) {
    for (const staged of vector.thirdParty.filter(({ protocol }) => protocol === "grpc")) {
      const { grpc } = staged.exchange as { grpc: { host: string; method: string } };
      const name = `${grpc.host}${grpc.method}`;
      const key = `${vector.subject} ${name}`;
      if (!calls.has(key)) calls.set(key, { vector, staged });
    }
  }
  return calls;
}

/** Every use of a mail server that a request leads to, of each subject the first. */
export function mailCallsOf({ vectors }: VectorFile): Map<string, MailCall> {
  const calls = new Map<string, MailCall>();
  for (const vector of vectors.filter((each) => succeeds(each) || each.reply === undefined)) {
    const [staged, another] = vector.thirdParty;
    if (staged === undefined || another !== undefined || !(staged.protocol in mailFaults)) continue;
    const key = `${vector.subject} ${staged.protocol} ${staged.host}`;
    if (!calls.has(key)) calls.set(key, { vector, staged });
  }
  return calls;
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
