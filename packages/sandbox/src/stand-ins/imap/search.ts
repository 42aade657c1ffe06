import type { StoredMail } from "../../world/mail-store.ts";
import { fieldText } from "./mail-header.ts";
import { sequenceSet } from "./sequence-set.ts";
import { BadCommand, type Token } from "./tokens.ts";

/** A mail with its number in the mailbox, counted from 1. */
export interface NumberedMail {
  readonly mail: StoredMail;
  readonly number: number;
}

type Test = (each: NumberedMail) => boolean;

/** The mails for which all criteria hold (RFC 3501, section 6.4.4). @throws BadCommand for a criterion it does not know */
export function search(criteria: readonly Token[], mails: readonly NumberedMail[]): NumberedMail[] {
  const test = allOf(criteria, mails);
  return mails.filter(test);
}

function allOf(criteria: readonly Token[], mails: readonly NumberedMail[]): Test {
  const rest = [...criteria];
  const tests: Test[] = [];
  while (rest.length > 0) tests.push(next(rest, mails));
  return (each) => tests.every((test) => test(each));
}

/** Takes one criterion with its arguments off the list. */
function next(rest: Token[], mails: readonly NumberedMail[]): Test {
  const key = rest.shift();
  if (key === undefined) throw new BadCommand("Missing search criterion");
  if (typeof key !== "string") return allOf(key, mails);
  const name = key.toUpperCase();
  const flag = flagTests[name];
  if (flag !== undefined) return ({ mail: { flags } }) => flags.has(flag.flag) === flag.set;
  switch (name) {
    case "ALL":
      return () => true;
    case "CHARSET":
      argument(rest);
      return () => true;
    case "NOT": {
      const test = next(rest, mails);
      return (each) => !test(each);
    }
    case "OR": {
      const [one, other] = [next(rest, mails), next(rest, mails)];
      return (each) => one(each) || other(each);
    }
    case "FROM":
    case "TO":
    case "CC":
    case "SUBJECT":
      return has(name, argument(rest));
    case "HEADER":
      return has(argument(rest), argument(rest));
    case "SINCE": {
      const since = day(argument(rest));
      return ({ mail }) => mail.receivedAt.getTime() >= since;
    }
    case "BEFORE": {
      const before = day(argument(rest));
      return ({ mail }) => mail.receivedAt.getTime() < before;
    }
    case "UID": {
      const contains = sequenceSet(argument(rest), mails.at(-1)?.mail.uid ?? 0);
      return ({ mail }) => contains(mail.uid);
    }
    default: {
      if (!/^[\d*]/.test(key)) throw new BadCommand(`Unknown search criterion ${key}`);
      const contains = sequenceSet(key, mails.length);
      return ({ number }) => contains(number);
    }
  }
}

const flagTests: Readonly<Record<string, { readonly flag: string; readonly set: boolean }>> = {
  SEEN: { flag: "\\Seen", set: true },
  UNSEEN: { flag: "\\Seen", set: false },
  FLAGGED: { flag: "\\Flagged", set: true },
  UNFLAGGED: { flag: "\\Flagged", set: false },
  ANSWERED: { flag: "\\Answered", set: true },
  UNANSWERED: { flag: "\\Answered", set: false },
  DELETED: { flag: "\\Deleted", set: true },
  UNDELETED: { flag: "\\Deleted", set: false },
};

function has(field: string, part: string): Test {
  return ({ mail }) => fieldText(mail.source, field).toLowerCase().includes(part.toLowerCase());
}

function argument(rest: Token[]): string {
  const token = rest.shift();
  if (typeof token !== "string") throw new BadCommand("Missing argument of a search criterion");
  return token;
}

/** Midnight of a day such as `05-Mar-2023`. Servers disregard the time of day and its zone. */
function day(text: string): number {
  const moment = /^\d{1,2}-[A-Z][a-z]{2}-\d{4}$/.test(text)
    ? Date.parse(`${text.replaceAll("-", " ")} 00:00 UTC`)
    : Number.NaN;
  if (Number.isNaN(moment)) throw new BadCommand(`Expected a date such as 05-Mar-2023, not ${text}`);
  return moment;
}
