import { type HandlerReply, refuse } from "@trunkline/bus";
import { createMailAccount, type MailAccount, type MailAccountOptions } from "./mail-account.ts";

/** The accounts that may be read. */
export interface MailAccounts {
  /** Does something with an account, or says why that cannot be. */
  with(address: string, use: (account: MailAccount) => Promise<HandlerReply>): Promise<HandlerReply>;
  close(): void;
}

export interface MailAccountsOptions extends Omit<MailAccountOptions, "host" | "user" | "password"> {
  /** Without a mail server, every request is refused. */
  readonly host: string | undefined;
  /** Passwords by address. */
  readonly passwords: Readonly<Record<string, string>>;
}

const NO_SERVER = refuse(501, "No mail server to read from is configured");

export function createMailAccounts({ host, passwords, ...options }: MailAccountsOptions): MailAccounts {
  const accounts = new Map(
    Object.entries(host === undefined ? {} : passwords).map(([user, password]) => [
      user,
      createMailAccount({ ...options, host: host ?? "", user, password }),
    ]),
  );
  return {
    async with(address, use) {
      if (host === undefined) return NO_SERVER;
      const account = accounts.get(address);
      if (account !== undefined) return use(account);
      return refuse(400, `Email account ${address}'s password is not in our MONITORABLE_EMAIL_ACCOUNTS dict`);
    },
    close() {
      for (const account of accounts.values()) account.close();
    },
  };
}
