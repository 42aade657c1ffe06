import type { Input } from "./input.ts";
import { BadCommand, type Piece, type Token, tokensOf } from "./tokens.ts";

export interface Command {
  readonly tag: string;
  /** In capitals; a `UID` before it is taken off. */
  readonly name: string;
  /** Whether numbers in it and in its answer are UIDs. */
  readonly byUid: boolean;
  readonly args: readonly Token[];
}

/**
 * Reads the next command with its literals.
 *
 * @param goAhead invites the client to send a literal
 * @returns undefined once the client has hung up
 * @throws BadCommand, with its `tag`
 */
export async function readCommand(input: Input, goAhead: () => void): Promise<Command | undefined> {
  const pieces: Piece[] = [];
  for (;;) {
    const line = await input.line();
    if (line === undefined) return undefined;
    const literal = /\{(\d+)(\+?)\}$/.exec(line);
    pieces.push({ text: literal === null ? line : line.slice(0, literal.index) });
    if (literal === null) return commandOf(pieces);
    if (literal[2] === "") goAhead();
    const bytes = await input.bytes(Number(literal[1]));
    if (bytes === undefined) return undefined;
    pieces.push({ literal: bytes.toString() });
  }
}

function commandOf(pieces: readonly Piece[]): Command {
  const [tag, first, ...rest] = tokensOf(pieces);
  if (typeof tag !== "string" || typeof first !== "string") throw new BadCommand("Expected a tag and a command");
  const name = first.toUpperCase();
  if (name !== "UID") return { tag, name, byUid: false, args: rest };
  const [second, ...args] = rest;
  if (typeof second !== "string") throw new BadCommand("Expected a command after UID");
  return { tag, name: second.toUpperCase(), byUid: true, args };
}

/** An argument that has to be a text. @throws BadCommand */
export function textOf(token: Token | undefined, what: string): string {
  if (typeof token === "string") return token;
  throw new BadCommand(`Expected ${what}`);
}
