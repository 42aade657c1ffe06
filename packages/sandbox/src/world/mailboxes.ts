import type { Clock } from "@trunkline/clock";
import PostalMime from "postal-mime";
import { Unknown } from "../errors.ts";
import type { MailAccounts, Mailbox, StoredMail } from "./mail-store.ts";

/** A mail that waits for the engine, as people see it. */
export interface MailView {
  /** The account and the UID. */
  readonly id: string;
  readonly account: string;
  readonly uid: number;
  /** ISO 8601. */
  readonly at: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly isRead: boolean;
}

export interface Mailboxes extends MailAccounts {
  /** Addresses and their passwords. */
  readonly accounts: Readonly<Record<string, string>>;
  /** Puts a mail into the mailbox of an address. @throws Unknown when there is none */
  deliver(address: string, source: Buffer | string): Promise<MailView>;
  has(address: string): boolean;
  /** Oldest first. */
  list(account?: string): MailView[];
}

interface KeptMail extends StoredMail {
  readonly view: Omit<MailView, "isRead">;
}

const KEPT_PER_ACCOUNT = 1_000;
const SHOWN_CHARACTERS = 20_000;

/** The mailboxes that the engine reads. */
export function createMailboxes(
  clock: Clock,
  accounts: Readonly<Record<string, string>>,
  onMail: (mail: MailView) => void,
): Mailboxes {
  const kept = new Map(Object.keys(accounts).map((address) => [address, [] as KeptMail[]]));
  const uidValidity = Math.floor(clock.now().getTime() / 1_000);
  let lastUid = 100;

  function mailsOf(address: string): KeptMail[] {
    const mails = kept.get(address.toLowerCase());
    if (mails === undefined) throw new Unknown("mailbox", address);
    return mails;
  }

  function mailboxOf(mails: KeptMail[]): Mailbox {
    return {
      mails,
      uidValidity,
      get uidNext() {
        return lastUid + 1;
      },
      flag(uid, flags) {
        const index = mails.findIndex((mail) => mail.uid === uid);
        const mail = mails[index];
        if (mail === undefined) return;
        const changed = { ...mail, flags };
        mails[index] = changed;
        if (changed.flags.has("\\Seen") !== mail.flags.has("\\Seen")) onMail(viewOf(changed));
      },
    };
  }

  return {
    accounts,
    signIn: (user, password) => (accounts[user] === password ? mailboxOf(mailsOf(user)) : undefined),
    has: (address) => kept.has(address.toLowerCase()),
    async deliver(address, given) {
      const mails = mailsOf(address);
      const source = withLineEnds(given);
      const { from, subject = "", text = "" } = await PostalMime.parse(source);
      const account = address.toLowerCase();
      const uid = ++lastUid;
      const receivedAt = clock.now();
      const at = receivedAt.toISOString();
      const shown = { from: from?.address ?? "", subject, text: text.slice(0, SHOWN_CHARACTERS) };
      const mail = {
        uid,
        receivedAt,
        source,
        flags: new Set<string>(),
        view: { id: `${account}:${uid}`, account, uid, at, ...shown },
      };
      mails.push(mail);
      if (mails.length > KEPT_PER_ACCOUNT) mails.shift();
      onMail(viewOf(mail));
      return viewOf(mail);
    },
    list: (account) => {
      const lists = account === undefined ? [...kept.values()] : [mailsOf(account)];
      return lists
        .flat()
        .sort((one, other) => one.uid - other.uid)
        .map(viewOf);
    },
  };
}

function viewOf({ view, flags }: KeptMail): MailView {
  return { ...view, isRead: flags.has("\\Seen") };
}

/** On the wire, every line of a mail ends with CRLF. */
function withLineEnds(source: Buffer | string): Buffer {
  const text = typeof source === "string" ? source : source.toString("latin1");
  return Buffer.from(text.replace(/\r?\n/g, "\r\n"), typeof source === "string" ? "utf8" : "latin1");
}
