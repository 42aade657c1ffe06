import type { Reply, RequestOptions } from "@trunkline/bus";
import {
  type BodyOf,
  type getCustomerCache,
  getCustomerInfo,
  getInventoryAttributes,
  getLinksWithEdgeInfo,
  getSite,
  getTicketContacts,
  type ReplyOf,
  requestEnterprisesEdges,
  requestLinksConfiguration,
  type slackNotification,
} from "@trunkline/contracts";
import type { ServiceBus } from "@trunkline/service";

/** What a build asks of the two bridges. */
export const asks = [
  getLinksWithEdgeInfo,
  requestEnterprisesEdges,
  requestLinksConfiguration,
  getCustomerInfo,
  getInventoryAttributes,
  getSite,
  getTicketContacts,
] as const;

type Asked = (typeof asks)[number];

export type CacheBus = ServiceBus<typeof getCustomerCache, Asked, typeof slackNotification, never>;

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
export type Ask = <C extends Asked>(
  contract: C,
  body: BodyOf<C>,
  options?: RequestOptions,
) => Promise<Asking<ReplyOf<C>>>;

/** After so many failures in a row a peer is taken to be away, and is not asked again during the build. */
const FAILURES_IN_A_ROW = 20;

/**
 * The bridges, for one build. A build of thousands of edges against a bridge that is away would be thousands of
 * questions without an answer, so after a number of failures in a row the rest fails without being asked.
 *
 * @throws the signal's reason when the build has to stop
 */
export function askPeers(bus: Pick<CacheBus, "request">, signal: AbortSignal): Ask {
  const inARow = new Map<string, number>();
  return async (contract, body, options) => {
    signal.throwIfAborted();
    const failures = () => inARow.get(contract.owner) ?? 0;
    if (failures() >= FAILURES_IN_A_ROW) return failed(contract.subject, 503);
    const reply: Reply<ReplyOf<typeof contract>> = await bus.request(contract, body, { ...options, signal });
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
