import { imapHost, mailAccounts } from "./stand-ins/imap.ts";
import { smtpAccount, smtpHost } from "./stand-ins/smtp.ts";
import type { StandIn } from "./stand-ins/stand-in.ts";
import { t7Host } from "./stand-ins/t7/t7.ts";

export interface StandInAddresses {
  /** IP address that all stand-ins listen on. */
  readonly address: string;
  readonly thirdPartyPort: number;
  readonly smtpPort: number;
  readonly imapPort: number;
  readonly t7Port: number;
  readonly caFile: string;
  readonly natsUrl: string | undefined;
}

/** The variables that make a service talk to the stand-ins: where they are, whom to trust, and how to sign in. */
export function environmentOf(
  service: string,
  standIns: readonly StandIn[],
  { address, thirdPartyPort, smtpPort, imapPort, t7Port, caFile, natsUrl }: StandInAddresses,
): Record<string, string> {
  const hosts = standIns.flatMap((standIn) => standIn.hosts);
  const aliases = Object.fromEntries(hosts.map((host) => [host, `${address}:${thirdPartyPort}`]));
  const others = {
    [smtpHost]: `${address}:${smtpPort}`,
    [imapHost]: `${address}:${imapPort}`,
    [t7Host]: `${address}:${t7Port}`,
  };
  return Object.assign(
    {
      HOST_ALIASES: JSON.stringify({ ...aliases, ...others }),
      TLS_CA_FILE: caFile,
      ...(natsUrl !== undefined && { NATS_SERVER1: natsUrl }),
    },
    ...standIns.map(({ environment }) => environment[service]),
    service === "t7-bridge" && { KRE_BASE_URL: `${t7Host}:443` },
    service === "notifier" && {
      SMTP_HOST: smtpHost,
      EMAIL_ACCOUNT_FOR_MESSAGE_DELIVERY_USERNAME: smtpAccount.username,
      EMAIL_ACCOUNT_FOR_MESSAGE_DELIVERY_PASSWORD: smtpAccount.password,
      IMAP_HOST: imapHost,
      MONITORABLE_EMAIL_ACCOUNTS: JSON.stringify(mailAccounts),
    },
  );
}
