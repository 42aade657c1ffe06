import type { Duplex } from "node:stream";
import type { MailAccounts } from "../../world/mail-store.ts";
import { type Command, readCommand } from "./command.ts";
import { Input } from "./input.ts";
import { type Answer, CAPABILITIES, Session } from "./session.ts";
import { BadCommand } from "./tokens.ts";

/** What goes wrong with a command: a refusal, a farewell, or one of the silent ways. */
export type Trouble = { readonly no: string } | { readonly bye: string } | "garbage" | "hang-up" | "stall";

/** A point of the conversation: a command's name and what it is about, or `CONNECT`. */
export interface Stage {
  readonly name: string;
  /** The account, or the mailbox. */
  readonly about: string;
}

export interface Conversation {
  readonly accounts: MailAccounts;
  /** Asked before each answer; undefined lets it pass. */
  readonly trouble: (stage: Stage) => Promise<Trouble | undefined>;
  /** Told of each answer that was given. */
  readonly answered: (stage: Stage, ok: boolean) => void;
  /** Whether a UID comes after the bytes of a mail. @default false */
  readonly uidLast?: boolean | undefined;
}

/** Speaks IMAP4rev1 with one client until either side has had enough. */
export async function converse(stream: Duplex, { accounts, trouble, answered, uidLast }: Conversation): Promise<void> {
  const input = new Input(stream);
  const session = new Session(accounts, uidLast);
  const send = (text: string | Buffer) => void stream.write(text);
  const connect = { name: "CONNECT", about: "" };
  const greeting = await trouble(connect);
  if (greeting !== undefined) return end(greeting, () => []);
  send(`* OK [CAPABILITY ${CAPABILITIES}] Trunkline sandbox\r\n`);
  for (;;) {
    const command = await nextCommand();
    if (command === undefined) return void stream.end();
    if (command !== "bad" && !(await obey(command))) return;
  }

  async function nextCommand(): Promise<Command | "bad" | undefined> {
    try {
      return await readCommand(input, () => send("+ Go ahead\r\n"));
    } catch (error) {
      if (!(error instanceof BadCommand)) throw error;
      send(`* BAD ${error.message}\r\n`);
      return "bad";
    }
  }

  /** @returns whether the conversation goes on */
  async function obey(command: Command): Promise<boolean> {
    const { tag, name } = command;
    const stage = { name, about: typeof command.args[0] === "string" ? command.args[0] : "" };
    const what = await trouble(stage);
    const isRefused = typeof what === "object" && "no" in what;
    if (what !== undefined && !isRefused) {
      await end(what, () => session.answer(command).untagged);
      return false;
    }
    const answer = isRefused ? { untagged: [], result: `NO ${what.no}` } : await answerTo(command);
    send(Buffer.concat([...answer.untagged, `${tag} ${answer.result}\r\n`].map((line) => Buffer.from(line))));
    answered(stage, answer.result.startsWith("OK"));
    if (name === "LOGOUT") stream.end();
    return name !== "LOGOUT";
  }

  async function answerTo(command: Command): Promise<Answer> {
    try {
      return command.name === "AUTHENTICATE" ? await authenticate() : session.answer(command);
    } catch (error) {
      if (error instanceof BadCommand) return { untagged: [], result: `BAD ${error.message}` };
      throw error;
    }
  }

  /** SASL PLAIN (RFC 4616). */
  async function authenticate(): Promise<Answer> {
    send("+ \r\n");
    const [, user = "", password = ""] = Buffer.from((await input.line()) ?? "", "base64")
      .toString()
      .split("\0");
    return session.signIn(user, password);
  }

  /** Ends the conversation badly; a stall never does. */
  async function end(what: Trouble, lost: () => Answer["untagged"]): Promise<void> {
    if (what === "stall") return new Promise<never>(() => undefined);
    if (what === "hang-up") {
      const whole = Buffer.concat(lost().map((line) => Buffer.from(line)));
      stream.write(whole.subarray(0, whole.length >> 1), () => stream.destroy());
      return;
    }
    if (what === "garbage") send("* 1 FETCH (((<<garbage>> {x}\r\n\u0001\u0002)\r\n");
    else send(`* BYE ${"bye" in what ? what.bye : what.no}\r\n`);
    stream.end();
  }
}
