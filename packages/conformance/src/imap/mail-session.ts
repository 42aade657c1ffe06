import type { Mailbox, StoredMail, Trouble } from "@trunkline/sandbox";
import type { Stage } from "../stage.ts";
import type { ImapExchange } from "./imap-exchange.ts";

type Exchange = ImapExchange["imap"];
type Failure = NonNullable<Exchange["fails"]>;

/** What a command is in the words of the vectors. */
const places: Readonly<Record<string, Failure["at"]>> = {
  CONNECT: "connect",
  LOGIN: "sign-in",
  AUTHENTICATE: "sign-in",
  SELECT: "select",
  EXAMINE: "select",
  SEARCH: "search",
  FETCH: "fetch",
  STORE: "store",
};

const DAY_MS = 86_400_000;

/** One connection of a bridge: what it finds in the mailbox, and what goes wrong, by the vector that is played. */
export class MailSession {
  readonly #stage: Stage;
  readonly #round: number;
  #user = "";
  #mails: StoredMail[] = [];
  /** The exchange that this connection has come to. */
  #taken: Exchange | undefined;
  #at: Failure["at"] | undefined;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#round = stage.round;
  }

  signIn(user: string): Mailbox {
    this.#user = user;
    const session = this;
    return {
      get mails() {
        return session.#mails;
      },
      uidValidity: 1,
      get uidNext() {
        return Math.max(0, ...session.#mails.map(({ uid }) => uid)) + 1;
      },
      flag(uid) {
        // Of a STORE it has been told already.
        if (session.#at === "fetch") session.#unexpected(`to mark ${uid} as read by fetching it`);
      },
    };
  }

  /** @param about the first argument of the command */
  troubleAt(command: string, about: string): Trouble | undefined {
    const at = places[command];
    // Servers may end a kept connection at any time. A vector has a mailbox of its own.
    if (this.#round !== this.#stage.round && at !== "connect") return { bye: "another vector is played" };
    if (at === undefined) return undefined;
    this.#at = at;
    if (at === "select") this.#mails = mailsOf(this.#next);
    if (at === "search") this.#come((each) => each.read !== undefined, "to search");
    if (at === "store") this.#come((each) => String(each.mark) === about, `to mark ${about}`);
    const exchange = this.#taken ?? this.#next;
    if (exchange?.fails?.at !== at) return undefined;
    if (this.#taken === undefined) this.#come((each) => each === exchange, command);
    return troubleOf(exchange.fails);
  }

  get #next(): Exchange | undefined {
    return this.#stage.waiting<ImapExchange>("imap")[0]?.imap;
  }

  /** Takes the exchange that a command belongs to. Further commands of the kind belong to it too. */
  #come(isIt: (exchange: Exchange) => boolean, asked: string): void {
    if (this.#taken !== undefined && isIt(this.#taken)) return;
    const differs = ({ imap }: ImapExchange) => {
      const isOther = this.#user !== "" && imap.account !== this.#user;
      return isIt(imap) && !isOther ? undefined : JSON.stringify(imap);
    };
    this.#taken = this.#stage.take<ImapExchange>("imap", differs, `${asked} in ${this.#user}`)?.imap;
  }

  #unexpected(asked: string): void {
    this.#stage.take("imap", () => "it is not to be marked", asked);
  }
}

function mailsOf(exchange: Exchange | undefined): StoredMail[] {
  const { read = [], mark } = exchange ?? {};
  if (mark !== undefined) return [storedMail({ uid: mark, source: "\n", daysAgo: 0, isRead: false })];
  return read.map(storedMail).sort((one, other) => one.uid - other.uid);
}

function storedMail({ uid, source, daysAgo, isRead }: NonNullable<Exchange["read"]>[number]): StoredMail {
  return {
    uid,
    source: Buffer.from(source.replace(/\r?\n/g, "\r\n")),
    receivedAt: new Date(Date.now() - daysAgo * DAY_MS),
    flags: new Set(isRead ? ["\\Seen"] : []),
  };
}

function troubleOf({ at, by }: Failure): Trouble {
  if (by === "NO") return { no: at === "sign-in" ? "[AUTHENTICATIONFAILED] as the vector says" : "as the vector says" };
  return by === "BYE" ? { bye: "as the vector says" } : by;
}
