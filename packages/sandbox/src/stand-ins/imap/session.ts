import type { MailAccounts, Mailbox, StoredMail } from "../../world/mail-store.ts";
import { type Command, textOf } from "./command.ts";
import { type FetchItem, fetchAnswer, fetchItems, flagList } from "./fetch.ts";
import { search as found, type NumberedMail } from "./search.ts";
import { sequenceSet } from "./sequence-set.ts";
import { BadCommand, type Token } from "./tokens.ts";

/** What a server says to a command: untagged lines, and the words after the tag. */
export interface Answer {
  readonly untagged: readonly (string | Buffer)[];
  /** Such as `OK done`, `NO ...`. */
  readonly result: string;
}

export const CAPABILITIES = "IMAP4rev1 AUTH=PLAIN ID LITERAL+ NAMESPACE SPECIAL-USE UNSELECT";

/** As Gmail has them: everything is in both. */
const folders = ["INBOX", "[Gmail]/All Mail"];

/** One client's conversation: who it is, and which mailbox it looks at (RFC 3501, with ID, NAMESPACE and UNSELECT). */
export class Session {
  readonly #accounts: MailAccounts;
  readonly #uidLast: boolean;
  #account: Mailbox | undefined;
  #selected: { readonly readOnly: boolean; uids: number[] } | undefined;

  constructor(accounts: MailAccounts, uidLast = false) {
    this.#accounts = accounts;
    this.#uidLast = uidLast;
  }

  /** @throws BadCommand */
  answer(command: Command): Answer {
    const { name, args } = command;
    switch (name) {
      case "CAPABILITY":
        return { untagged: [`* CAPABILITY ${CAPABILITIES}\r\n`], result: "OK Capabilities are told" };
      case "ID":
        return { untagged: ['* ID ("name" "Trunkline sandbox")\r\n'], result: "OK Pleased to meet you" };
      case "NOOP":
      case "CHECK":
        return this.#done();
      case "LOGIN":
        return this.signIn(textOf(args[0], "a user"), textOf(args[1], "a password"));
      case "LOGOUT":
        return { untagged: ["* BYE Good bye\r\n"], result: "OK Logged out" };
    }
    if (this.#account === undefined) return { untagged: [], result: "NO Sign in first" };
    switch (name) {
      case "NAMESPACE":
        return this.#done('* NAMESPACE (("" "/")) NIL NIL\r\n');
      case "LIST":
      case "LSUB":
        return this.#list(name, textOf(args[1], "a pattern"));
      case "STATUS":
        return this.#status(this.#account, command);
      case "SELECT":
      case "EXAMINE":
        return this.#select(this.#account, textOf(args[0], "a mailbox"), name === "EXAMINE");
    }
    if (this.#selected === undefined) return { untagged: [], result: "NO Select a mailbox first" };
    switch (name) {
      case "CLOSE":
      case "UNSELECT":
        this.#selected = undefined;
        return { untagged: [], result: "OK Mailbox is closed" };
      case "SEARCH": {
        const numbers = found(args, this.#view()).map(({ mail, number }) => (command.byUid ? mail.uid : number));
        return this.#done(`* SEARCH${numbers.map((number) => ` ${number}`).join("")}\r\n`);
      }
      case "FETCH":
        return this.#fetch(this.#account, command);
      case "STORE":
        return this.#store(this.#account, command);
      default:
        throw new BadCommand(`${name} is not spoken here`);
    }
  }

  signIn(user: string, password: string): Answer {
    this.#account = this.#accounts.signIn(user, password);
    const result =
      this.#account === undefined
        ? "NO [AUTHENTICATIONFAILED] Invalid credentials"
        : `OK [CAPABILITY ${CAPABILITIES}] Signed in`;
    return { untagged: [], result };
  }

  /** What came since the mailbox was selected is told with the next answer. */
  #done(...untagged: (string | Buffer)[]): Answer {
    if (this.#account !== undefined && this.#selected !== undefined) {
      const { uids } = this.#selected;
      const news = this.#account.mails.filter(({ uid }) => uid > (uids.at(-1) ?? 0));
      uids.push(...news.map(({ uid }) => uid));
      if (news.length > 0) untagged.push(`* ${uids.length} EXISTS\r\n`);
    }
    return { untagged, result: "OK Done" };
  }

  /** The mails that the client knows of, by the numbers it knows them by. */
  #view(): NumberedMail[] {
    const byUid = new Map(this.#account?.mails.map((mail) => [mail.uid, mail]));
    return (this.#selected?.uids ?? []).flatMap((uid, index) => {
      const mail = byUid.get(uid);
      return mail === undefined ? [] : [{ mail, number: index + 1 }];
    });
  }

  #list(name: string, pattern: string): Answer {
    if (pattern === "") return this.#done(`* ${name} (\\Noselect) "/" ""\r\n`);
    const expression = pattern
      .replace(/[.[\]\\^$+?(){}|]/g, "\\$&")
      .replace(/\*|%/g, (sign) => (sign === "*" ? ".*" : "[^/]*"));
    const matching = folders.filter((folder) => new RegExp(`^${expression}$`, "i").test(folder));
    const flags = (folder: string) => (folder === "INBOX" ? "\\HasNoChildren" : "\\HasNoChildren \\All");
    return this.#done(...matching.map((folder) => `* ${name} (${flags(folder)}) "/" "${folder}"\r\n`));
  }

  #status({ mails, uidNext, uidValidity }: Mailbox, { args }: Command): Answer {
    const folder = textOf(args[0], "a mailbox");
    if (!isFolder(folder)) return NO_MAILBOX;
    const unseen = mails.filter(({ flags }) => !flags.has("\\Seen")).length;
    const facts: Readonly<Record<string, number>> = {
      MESSAGES: mails.length,
      RECENT: 0,
      UNSEEN: unseen,
      UIDNEXT: uidNext,
      UIDVALIDITY: uidValidity,
    };
    const told = args
      .slice(1)
      .flat(1)
      .map((item) => {
        const name = textOf(item, "an item").toUpperCase();
        const fact = facts[name];
        if (fact === undefined) throw new BadCommand(`${name} is not told here`);
        return `${name} ${fact}`;
      });
    return this.#done(`* STATUS "${folder}" (${told.join(" ")})\r\n`);
  }

  #select({ mails, uidNext, uidValidity }: Mailbox, folder: string, readOnly: boolean): Answer {
    this.#selected = undefined;
    if (!isFolder(folder)) return NO_MAILBOX;
    this.#selected = { readOnly, uids: mails.map(({ uid }) => uid) };
    return {
      untagged: [
        "* FLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen)\r\n",
        "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen \\*)] Kept\r\n",
        `* ${mails.length} EXISTS\r\n`,
        "* 0 RECENT\r\n",
        `* OK [UIDVALIDITY ${uidValidity}] UIDs are valid\r\n`,
        `* OK [UIDNEXT ${uidNext}] Next UID\r\n`,
      ],
      result: readOnly ? "OK [READ-ONLY] Selected" : "OK [READ-WRITE] Selected",
    };
  }

  #fetch(account: Mailbox, { args, byUid }: Command): Answer {
    const items: FetchItem[] = fetchItems(args[1], byUid);
    const chosen = this.#chosen(args[0], byUid);
    const answers = chosen.map((each) => fetchAnswer(each, items, this.#uidLast));
    if (items.some(({ reads }) => reads) && this.#selected?.readOnly === false) {
      for (const { mail } of chosen) account.flag(mail.uid, new Set([...mail.flags, "\\Seen"]));
    }
    return this.#done(...answers);
  }

  #store(account: Mailbox, { args, byUid }: Command): Answer {
    if (this.#selected?.readOnly !== false) return { untagged: [], result: "NO [READ-ONLY] Mailbox is read-only" };
    const [, how, silent] = /^([+-]?)FLAGS(\.SILENT)?$/i.exec(textOf(args[1], "FLAGS")) ?? [];
    if (how === undefined) throw new BadCommand("Expected FLAGS, +FLAGS or -FLAGS");
    const given = args
      .slice(2)
      .flat(1)
      .map((flag) => textOf(flag, "a flag"));
    const told = this.#chosen(args[0], byUid).map(({ mail, number }) => {
      const flags = changed(mail, how, given);
      account.flag(mail.uid, flags);
      return `* ${number} FETCH (${byUid ? `UID ${mail.uid} ` : ""}FLAGS ${flagList(flags)})\r\n`;
    });
    return this.#done(...(silent === undefined ? told : []));
  }

  #chosen(set: Token | undefined, byUid: boolean): NumberedMail[] {
    const view = this.#view();
    const numberOf = ({ mail, number }: NumberedMail) => (byUid ? mail.uid : number);
    const last = view.at(-1);
    const contains = sequenceSet(textOf(set, "a sequence set"), last === undefined ? 0 : numberOf(last));
    const chosen = view.filter((each) => contains(numberOf(each)));
    // A UID may be gone; a number that was never told is a mistake.
    if (!byUid && chosen.length === 0) throw new BadCommand("There is no mail of that number");
    return chosen;
  }
}

const NO_MAILBOX: Answer = { untagged: [], result: "NO [NONEXISTENT] There is no such mailbox" };

function isFolder(name: string): boolean {
  return folders.some((folder) => folder.toLowerCase() === name.toLowerCase());
}

function changed({ flags }: StoredMail, how: string, given: readonly string[]): Set<string> {
  if (how === "") return new Set(given);
  return how === "+" ? new Set([...flags, ...given]) : new Set([...flags].filter((flag) => !given.includes(flag)));
}
