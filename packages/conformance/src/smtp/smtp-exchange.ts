import { z } from "zod";

/** A mail as its recipients' programs read it. What the mail does not have is left out. */
const mail = z.strictObject({
  /** Of the envelope. */
  from: z.unknown(),
  /** Addresses of the envelope, in its order. */
  to: z.unknown(),
  subject: z.unknown(),
  /** Lines ended by a line feed, none after the last. */
  text: z.unknown().optional(),
  html: z.unknown().optional(),
  /** `{name, type, content}`, the content in base64; `contentId` of one that the HTML shows. In the mail's order. */
  attachments: z.unknown().optional(),
});

/** `hang-up`: the connection ends when the mail has been sent, without a word on it. */
const refusal = z.strictObject({
  at: z.enum(["connect", "sign-in", "recipient", "data"]),
  code: z.int().min(400).max(599),
});

/**
 * One mail that is sent. Without `refuse` and `fault` it is taken. One that is refused before its data came has no
 * `mail`.
 */
export const smtpExchange = z.strictObject({
  smtp: z
    .strictObject({
      host: z.string().min(1),
      mail: mail.optional(),
      refuse: refusal.optional(),
      fault: z.enum(["hang-up"]).optional(),
    })
    .refine(
      ({ mail: given, refuse }) => (given === undefined) === (refuse !== undefined && refuse.at !== "data"),
      "an exchange has a mail, unless it is refused before there is one",
    ),
});
export type SmtpExchange = z.output<typeof smtpExchange>;
