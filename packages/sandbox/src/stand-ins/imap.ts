import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import type { Certificates } from "../certificates.ts";
import type { FaultKind } from "../faults/fault.ts";
import type { FaultList } from "../faults/fault-list.ts";
import type { Mailboxes } from "../world/mailboxes.ts";
import type { Calls } from "./calls.ts";
import type { Conversation, Stage, Trouble } from "./imap/conversation.ts";
import { type ImapServer, startImapServer } from "./imap/imap-server.ts";

export const imapHost = "imap.example.net";
export const mailAccounts = {
  "fraud@trunkline.example": "sandbox-imap-1",
  "intermapper@trunkline.example": "sandbox-imap-2",
};

export interface ImapOptions {
  readonly certificates: Certificates;
  readonly mailboxes: Mailboxes;
  readonly faults: FaultList;
  readonly calls: Calls;
  readonly logger: Logger;
  readonly uidLast: boolean | undefined;
  /** 0 takes any free port. */
  readonly port: number;
  readonly hostname: string;
}

/** The mail server's other side: mailboxes that are read over IMAP. */
export function startImap(options: ImapOptions): Promise<ImapServer> {
  const { certificates, mailboxes, faults, calls, uidLast, ...rest } = options;
  const callOf = ({ name, about }: Stage) => ({ system: "imap", host: imapHost, method: name, path: about });
  const conversation: Conversation = {
    accounts: mailboxes,
    uidLast,
    answered: (stage, ok) => calls.add({ ...callOf(stage), status: ok ? 200 : 400, ms: 0 }),
    async trouble(stage) {
      const call = callOf(stage);
      const { delayMs, fault } = faults.strike({ ...call, kinds: kindsAt(stage) });
      if (delayMs > 0) await delay(delayMs, undefined, { ref: false });
      if (fault === undefined) return undefined;
      calls.add({ ...call, status: 0, ms: delayMs });
      return troubles[fault.kind];
    },
  };
  const { key, cert } = certificates;
  return startImapServer({ ...rest, key, cert, conversation: () => conversation });
}

const anywhere = ["latency", "unavailable", "hang-up", "stall", "garbage"] as const;
const signingIn = ["LOGIN", "AUTHENTICATE"];
const working = ["SELECT", "EXAMINE", "SEARCH", "FETCH", "STORE"];

function kindsAt({ name }: Stage): readonly FaultKind[] {
  if (signingIn.includes(name)) return [...anywhere, "auth-refused"];
  return working.includes(name) ? [...anywhere, "refused"] : anywhere;
}

const troubles: Partial<Record<FaultKind, Trouble>> = {
  unavailable: { bye: "Service not available, try again later" },
  "auth-refused": { no: "[AUTHENTICATIONFAILED] Invalid credentials" },
  refused: { no: "[UNAVAILABLE] Refused on demand" },
  "hang-up": "hang-up",
  stall: "stall",
  garbage: "garbage",
};
