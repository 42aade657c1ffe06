/** A mail in a mailbox. */
export interface StoredMail {
  readonly uid: number;
  readonly receivedAt: Date;
  /** The whole mail as it came, lines ended by CRLF. */
  readonly source: Buffer;
  /** System flags and keywords, such as `\Seen`. */
  readonly flags: ReadonlySet<string>;
}

/** The mails of one account, in the order of their UIDs. */
export interface Mailbox {
  readonly mails: readonly StoredMail[];
  /** Two mailboxes of the same name are told apart by it. */
  readonly uidValidity: number;
  /** The UID that the next mail gets. */
  readonly uidNext: number;
  flag(uid: number, flags: ReadonlySet<string>): void;
}

/** Whom an IMAP server knows. */
export interface MailAccounts {
  /** Undefined when there is no such account, or its password is another. */
  signIn(user: string, password: string): Mailbox | undefined;
}
