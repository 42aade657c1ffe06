/** An argument of a command: an atom or string, or a list in parentheses. */
export type Token = string | readonly Token[];

/** A piece of a command as it was sent. */
export type Piece = { readonly text: string } | { readonly literal: string };

/** Signs that a client's words make no sense; the text is for the BAD response. */
export class BadCommand extends Error {
  override name = "BadCommand";
}

/** Takes a command's arguments apart (RFC 3501, section 9). */
export function tokensOf(pieces: readonly Piece[]): Token[] {
  const open: Token[][] = [[]];
  const add = (token: Token) => void open.at(-1)?.push(token);
  const close = () => {
    const list = open.pop();
    if (list === undefined || open.length === 0) throw new BadCommand("Unexpected )");
    add(list);
  };
  for (const piece of pieces) {
    if ("literal" in piece) add(piece.literal);
    else readText(piece.text, { add, open: () => void open.push([]), close });
  }
  const [tokens] = open;
  if (tokens === undefined || open.length > 1) throw new BadCommand("Missing )");
  return tokens;
}

interface Sink {
  add(token: string): void;
  open(): void;
  close(): void;
}

const quoted = /"((?:[^"\\]|\\.)*)"/y;
// What is in brackets belongs to the atom before it, blanks and parentheses included: BODY[HEADER.FIELDS (DATE)]<0.9>
const atom = /(?:[^\s()"[\]]|\[[^\]]*\])+/y;

function readText(text: string, { add, open, close }: Sink): void {
  for (let at = 0; at < text.length; ) {
    const sign = text[at];
    if (sign === "(") open();
    else if (sign === ")") close();
    else if (sign !== " ") {
      const pattern = sign === '"' ? quoted : atom;
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match === null) throw new BadCommand(`Unexpected ${sign}`);
      add(match[1] === undefined ? match[0] : match[1].replace(/\\(.)/g, "$1"));
      at = pattern.lastIndex;
      continue;
    }
    at += 1;
  }
}
