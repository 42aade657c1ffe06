import { z } from "zod";

/** A mail that lies in the mailbox. */
const mail = z.strictObject({
  uid: z.int().min(1),
  /** The whole mail; its lines may end with a line feed alone. */
  source: z.string(),
  /** When it came, counted from now. */
  daysAgo: z.int().min(0).default(0),
  isRead: z.boolean().default(false),
});

/** What goes wrong: NO, BYE, the end of the connection amid the answer, or nothing ever. */
const failure = z.strictObject({
  at: z.enum(["connect", "sign-in", "select", "search", "fetch", "store"]),
  by: z.enum(["NO", "BYE", "hang-up", "stall"]),
});

/**
 * One use of a mailbox: its mails are read, or one of them is marked as read. Which commands lead there is the
 * bridge's affair. A failure before either says only where.
 */
export const imapExchange = z.strictObject({
  imap: z
    .strictObject({
      host: z.string().min(1),
      account: z.string().min(1),
      /** What lies in the mailbox while it is searched and fetched. Nothing may be marked as read. */
      read: z.array(mail).optional(),
      /** The UID of the one mail that is marked as read; whether it is there makes no difference to IMAP. */
      mark: z.int().min(1).optional(),
      fails: failure.optional(),
    })
    .refine(
      ({ read, mark, fails }) => [read, mark].filter((use) => use !== undefined).length === 1 || fails !== undefined,
      "an exchange has either read or mark, or fails before there is either",
    ),
});
export type ImapExchange = z.output<typeof imapExchange>;
