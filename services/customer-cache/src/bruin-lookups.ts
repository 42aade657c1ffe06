import type { Asking } from "@trunkline/cache";
import { type CachedContact, type CachedSite, getSite, getTicketContacts } from "@trunkline/contracts";
import type { AskBridge } from "./peers.ts";
import { siteOffset } from "./site-offset.ts";

/** The people who are told about a client's tickets; null where nobody is known. */
export interface Contacts {
  readonly main: CachedContact | null;
  readonly others: CachedContact[] | null;
}

/** What many edges of a build have in common is asked once for all of them. */
export interface BruinLookups {
  site(clientId: number, siteId: number): Promise<Asking<CachedSite>>;
  contacts(clientId: number): Promise<Asking<Contacts>>;
}

export function bruinLookups(ask: AskBridge, { now, timezone }: { now: Date; timezone: string }): BruinLookups {
  return {
    site: once(async (client_id: number, site_id: number) => {
      const reply = await ask(getSite, { client_id, site_id });
      return reply.ok ? { ok: true, body: { ...reply.body, tzOffset: siteOffset(reply.body, now, timezone) } } : reply;
    }),
    contacts: once(async (client_id: number) => {
      const reply = await ask(getTicketContacts, { client_id });
      if (!reply.ok) return reply;
      const [main = null, ...others] = reply.body;
      return { ok: true, body: { main, others: main === null ? null : others } };
    }),
  };
}

/** Remembers the answer to each question, also while it is under way. */
function once<Question extends unknown[], Answer>(
  ask: (...question: Question) => Promise<Answer>,
): (...question: Question) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (...question) => {
    const key = JSON.stringify(question);
    const answer = answers.get(key) ?? ask(...question);
    answers.set(key, answer);
    return answer;
  };
}
