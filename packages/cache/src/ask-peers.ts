import type { Reply, RequestOptions } from "@trunkline/bus";
import type { BodyOf, ReplyOf, RequestContract } from "@trunkline/contracts";

/** A bridge's answer that is no success. */
export interface Failure {
  readonly subject: string;
  readonly status: number;
  /** Whether the same question may be answered later: not so for what the third party does not know. */
  readonly transient: boolean;
}

export type Asking<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly failure: Failure };

/** Asks a bridge. */
export type Ask<Asked extends RequestContract> = <C extends Asked>(
  contract: C,
  body: BodyOf<C>,
  options?: RequestOptions,
) => Promise<Asking<ReplyOf<C>>>;

/** The part of a bus that asks. */
export interface AskingBus<Asked extends RequestContract> {
  request<C extends Asked>(contract: C, body: BodyOf<C>, options?: RequestOptions): Promise<Reply<ReplyOf<C>>>;
}

/** After so many failures in a row a peer is taken to be away, and is not asked again during the build. */
const FAILURES_IN_A_ROW = 20;

/**
 * The bridges, for one build. A build of thousands of entries against a bridge that is away would be thousands of
 * questions without an answer, so after a number of failures in a row the rest fails without being asked.
 *
 * @throws the signal's reason when the build has to stop
 */
export function askPeers<Asked extends RequestContract>(bus: AskingBus<Asked>, signal: AbortSignal): Ask<Asked> {
  const inARow = new Map<string, number>();
  return async (contract, body, options) => {
    signal.throwIfAborted();
    const failures = () => inARow.get(contract.owner) ?? 0;
    if (failures() >= FAILURES_IN_A_ROW) return failed(contract.subject, 503);
    const reply = await bus.request(contract, body, { ...options, signal });
    signal.throwIfAborted();
    const asking: Asking<ReplyOf<typeof contract>> = reply.ok ? reply : failed(contract.subject, reply.status);
    inARow.set(contract.owner, !asking.ok && asking.failure.transient ? failures() + 1 : 0);
    return asking;
  };
}

function failed(subject: string, status: number): { ok: false; failure: Failure } {
  return { ok: false, failure: { subject, status, transient: isTransient(status) } };
}

function isTransient(status: number): boolean {
  return status >= 500 || status < 200 || [401, 408, 410, 429].includes(status);
}
