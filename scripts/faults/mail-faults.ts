import type { Vector } from "@trunkline/conformance";
import type { RouteFault } from "./faulty-route.ts";

/** A use of a mail server that a request or a message leads to. */
export interface MailCall {
  readonly vector: Vector;
  readonly staged: Vector["thirdParty"][number];
}

/** What may go wrong with a mail server: on the way to it, or in what it says. */
export interface MailFault {
  readonly name: string;
  readonly route?: RouteFault;
  /** As vectors write it: what an exchange that fails has beside, or instead of, what one that succeeds has. */
  readonly says?: object;
  /** Whether nothing but the requester's deadline ends it. */
  readonly isSlow?: boolean;
  /** Whether the mail is refused for good. */
  readonly isFinal?: boolean;
  /** Whether it is refused before its content came. */
  readonly isEarly?: boolean;
}

const onTheWay: readonly MailFault[] = [
  { name: "connection refused", route: "refused" },
  { name: "hang-up", route: "hang-up" },
  { name: "no answer", route: "stall", isSlow: true },
  { name: "garbage", route: "garbage" },
];

/** By protocol. */
export const mailFaults: Readonly<Record<string, readonly MailFault[]>> = {
  imap: [
    ...onTheWay,
    { name: "BYE", says: { fails: { at: "connect", by: "BYE" } } },
    { name: "sign-in refused", says: { fails: { at: "sign-in", by: "NO" } } },
    { name: "mailbox refused", says: { fails: { at: "select", by: "NO" } } },
    { name: "hang-up when it is opened", says: { fails: { at: "select", by: "hang-up" } } },
    { name: "silence when it is opened", says: { fails: { at: "select", by: "stall" } }, isSlow: true },
  ],
  smtp: [
    ...onTheWay,
    { name: "421 at the door", says: { refuse: { at: "connect", code: 421 } }, isEarly: true },
    { name: "535 sign-in refused", says: { refuse: { at: "sign-in", code: 535 } }, isEarly: true },
    { name: "451 for the mail", says: { refuse: { at: "data", code: 451 } } },
    { name: "hang-up after the mail", says: { fault: "hang-up" } },
    { name: "550 for the recipients", says: { refuse: { at: "recipient", code: 550 } }, isEarly: true, isFinal: true },
    { name: "554 for the mail", says: { refuse: { at: "data", code: 554 } }, isFinal: true },
  ],
};
