import type { Clock } from "@trunkline/clock";
import { NotNow, Unknown } from "../errors.ts";
import type { Inventory } from "./inventory.ts";
import type { Messages } from "./messages.ts";
import type { Customer } from "./model.ts";

/** `AIQ`: waits for the automation. */
export const emailStatuses = ["New", "AIQ", "Done"] as const;
export type EmailStatus = (typeof emailStatuses)[number];

/** An e-mail of a customer's, or an answer to one. */
export interface CustomerEmail {
  readonly id: number;
  readonly customer: Customer;
  readonly at: Date;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly body: string;
  /** The e-mail that it answers. */
  readonly parentId: number | null;
  readonly tags: ReadonlySet<number>;
  readonly ticketIds: ReadonlySet<number>;
  readonly status: EmailStatus;
  /** Why it has its status, in the words of whoever set it. */
  readonly resolution: string | null;
  readonly updatedBy: string | null;
}

export interface NewEmail {
  readonly clientId: number;
  readonly from: string;
  readonly subject: string;
  readonly body: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly parentId?: number | null;
}

/** What customers write to Bruin, and what becomes of it. */
export interface EmailCenter {
  receive(email: NewEmail): CustomerEmail;
  /** @throws Unknown */
  email(id: number): CustomerEmail;
  /** Oldest first. */
  list(): CustomerEmail[];
  /** @throws NotNow when it has the tag */
  tag(id: number, tagId: number): void;
  /** @returns whether the ticket was not linked before */
  link(id: number, ticketId: number): boolean;
  setStatus(id: number, change: Pick<CustomerEmail, "status" | "resolution" | "updatedBy">): void;
  /** Answers everybody on an e-mail. */
  reply(id: number, content: { readonly body: string; readonly isHtml: boolean }): CustomerEmail;
}

export interface EmailCenterParts {
  readonly clock: Clock;
  readonly inventory: Pick<Inventory, "customer">;
  readonly messages: Messages;
}

type Kept = { -readonly [Key in keyof CustomerEmail]: CustomerEmail[Key] } & {
  tags: Set<number>;
  ticketIds: Set<number>;
};

const ADDRESS = "support@bruin.example.net";

export function createEmailCenter({ clock, inventory, messages }: EmailCenterParts): EmailCenter {
  const emails = new Map<number, Kept>();
  let lastId = 3_840_000;

  function keep(email: Pick<Kept, "customer" | "from" | "to" | "cc" | "subject" | "body" | "parentId">): Kept {
    const rest = { tags: new Set<number>(), ticketIds: new Set<number>(), resolution: null, updatedBy: null };
    const kept: Kept = { ...email, ...rest, id: ++lastId, at: clock.now(), status: "New" };
    emails.set(kept.id, kept);
    return kept;
  }

  function find(id: number): Kept {
    const email = emails.get(id);
    if (email === undefined) throw new Unknown("e-mail", id);
    return email;
  }

  return {
    receive({ clientId, to = [ADDRESS], cc = [], parentId = null, ...email }) {
      const customer = inventory.customer(clientId);
      if (customer === undefined) throw new Unknown("client", clientId);
      return keep({ ...email, customer, to, cc, parentId });
    },
    email: find,
    list: () => [...emails.values()],
    tag(id, tagId) {
      const { tags } = find(id);
      if (tags.has(tagId)) throw new NotNow(`E-mail ${id} has the tag ${tagId} already.`);
      tags.add(tagId);
    },
    link(id, ticketId) {
      const { ticketIds } = find(id);
      const isNew = !ticketIds.has(ticketId);
      ticketIds.add(ticketId);
      return isNew;
    },
    setStatus(id, change) {
      Object.assign(find(id), change);
    },
    reply(id, { body, isHtml }) {
      const { customer, from, cc, subject } = find(id);
      const answer = keep({ customer, from: ADDRESS, to: [from], cc, subject: `Re: ${subject}`, body, parentId: id });
      answer.status = "Done";
      const to = [from, ...cc].join(", ");
      const text = isHtml ? { text: body.replace(/<[^>]*>/g, ""), html: body } : { text: body };
      messages.add({ channel: "email", from: ADDRESS, to, subject: answer.subject, ...text });
      return answer;
    },
  };
}
