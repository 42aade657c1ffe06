import { startImapServer } from "@trunkline/sandbox";
import { pino } from "pino";
import type { Player, PlayerOptions } from "../protocol.ts";
import { MailSession } from "./mail-session.ts";

/** Plays a mail server that mailboxes are read from: TLS from the first byte, any credentials. */
export function startImapPlayer({ stage, certificates, port }: PlayerOptions): Promise<Player> {
  const conversation = () => {
    const session = new MailSession(stage);
    return {
      accounts: { signIn: (user: string) => session.signIn(user) },
      trouble: async ({ name, about }: { name: string; about: string }) => session.troubleAt(name, about),
      answered: () => undefined,
    };
  };
  const { key, cert } = certificates;
  const logger = pino({ level: "silent" });
  return startImapServer({ key, cert, port, hostname: "127.0.0.1", logger, conversation });
}
