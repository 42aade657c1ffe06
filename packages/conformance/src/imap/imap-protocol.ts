import type { Protocol } from "../protocol.ts";
import { type ImapExchange, imapExchange } from "./imap-exchange.ts";
import { startImapPlayer } from "./imap-player.ts";

/** IMAP over TLS: an exchange is a use of a mailbox, in however many commands. */
export const imap: Protocol<ImapExchange> = {
  name: "imap",
  key: "imap",
  exchange: imapExchange,
  hostOf: (exchange) => exchange.imap.host,
  start: startImapPlayer,
};
