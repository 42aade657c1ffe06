import type { Protocol } from "../protocol.ts";
import { type SmtpExchange, smtpExchange } from "./smtp-exchange.ts";
import { startSmtpPlayer } from "./smtp-player.ts";

/** SMTP with STARTTLS: an exchange is a mail, or the attempt to send one. */
export const smtp: Protocol<SmtpExchange> = {
  name: "smtp",
  key: "smtp",
  exchange: smtpExchange,
  hostOf: (exchange) => exchange.smtp.host,
  start: startSmtpPlayer,
};
