import type { StoredMail } from "../../world/mail-store.ts";
import { headerFields, headerLength } from "./mail-header.ts";
import type { NumberedMail } from "./search.ts";
import { BadCommand, type Token } from "./tokens.ts";

/** One thing that a client wants to know of each mail. */
export interface FetchItem {
  /** As it stands in the answer. */
  readonly label: string;
  /** What a mail has to say; bytes travel as a literal. */
  readonly of: (mail: StoredMail) => string | Buffer;
  /** Whether asking makes the mail count as read. */
  readonly reads: boolean;
}

/** The items of a FETCH. @throws BadCommand for one it does not know */
export function fetchItems(wanted: Token | undefined, byUid: boolean): FetchItem[] {
  const names = (Array.isArray(wanted) ? wanted : [wanted]).flatMap((name) => {
    if (typeof name !== "string") throw new BadCommand("Expected what to fetch");
    return macros[name.toUpperCase()] ?? name;
  });
  const items = names.map(itemOf);
  return byUid && !items.some(({ label }) => label === "UID") ? [itemOf("UID"), ...items] : items;
}

/**
 * The answer to a FETCH, `* 3 FETCH (...)`. Bytes come last, because a client of the existing fleet reads the UID off
 * the line on which they begin.
 *
 * @param uidLast after the bytes, as other servers do
 */
export function fetchAnswer({ number, mail }: NumberedMail, items: readonly FetchItem[], uidLast: boolean): Buffer {
  const rank = ({ label }: FetchItem) =>
    label === "UID" ? (uidLast ? 2 : 0) : /^BODY|^RFC822($|\.[HT])/.test(label) ? 1 : 0;
  const parts = [...items]
    .sort((one, other) => rank(one) - rank(other))
    .map((item) => {
      const value = item.of(mail);
      if (typeof value === "string") return Buffer.from(`${item.label} ${value}`);
      return Buffer.concat([Buffer.from(`${item.label} {${value.length}}\r\n`), value]);
    });
  const between = parts.flatMap((part, index) => (index === 0 ? [part] : [Buffer.from(" "), part]));
  return Buffer.concat([Buffer.from(`* ${number} FETCH (`), ...between, Buffer.from(")\r\n")]);
}

export function flagList(flags: ReadonlySet<string>): string {
  return `(${[...flags].join(" ")})`;
}

const macros: Readonly<Record<string, readonly string[]>> = {
  FAST: ["FLAGS", "INTERNALDATE", "RFC822.SIZE"],
};

function itemOf(name: string): FetchItem {
  const label = name.toUpperCase();
  switch (label) {
    case "UID":
      return { label, of: ({ uid }) => String(uid), reads: false };
    case "FLAGS":
      return { label, of: ({ flags }) => flagList(flags), reads: false };
    case "INTERNALDATE":
      return { label, of: ({ receivedAt }) => `"${internalDate(receivedAt)}"`, reads: false };
    case "RFC822.SIZE":
      return { label, of: ({ source }) => String(source.length), reads: false };
    case "RFC822":
      return { label, of: ({ source }) => source, reads: true };
    case "RFC822.HEADER":
      return { label, of: ({ source }) => source.subarray(0, headerLength(source)), reads: false };
    default:
      return bodyItem(name);
  }
}

/** `BODY[section]<first.count>`, and `BODY.PEEK`, which leaves the mail unread. */
function bodyItem(name: string): FetchItem {
  const match = /^BODY(\.PEEK)?\[([^\]]*)\](?:<(\d+)\.(\d+)>)?$/i.exec(name);
  if (match === null) throw new BadCommand(`${name} cannot be fetched here`);
  const [, peek, section = "", first, count] = match;
  const label = `BODY[${section.toUpperCase()}]${first === undefined ? "" : `<${first}>`}`;
  const part = sectionOf(section);
  const of = ({ source }: StoredMail) => {
    const bytes = part(source);
    return first === undefined ? bytes : bytes.subarray(Number(first), Number(first) + Number(count));
  };
  return { label, of, reads: peek === undefined };
}

function sectionOf(section: string): (source: Buffer) => Buffer {
  const [, not, names] = /^HEADER\.FIELDS(\.NOT)? \(([^)]*)\)$/i.exec(section) ?? [];
  if (names !== undefined) {
    const wanted = names.toUpperCase().split(" ");
    const keeps = (name: string) => wanted.includes(name) === (not === undefined);
    return (source) => {
      const fields = headerFields(source).filter(({ name }) => keeps(name));
      return Buffer.from(`${fields.map(({ text }) => text).join("")}\r\n`, "latin1");
    };
  }
  switch (section.toUpperCase()) {
    case "":
      return (source) => source;
    case "HEADER":
      return (source) => source.subarray(0, headerLength(source));
    case "TEXT":
      return (source) => source.subarray(headerLength(source));
    default:
      throw new BadCommand(`BODY[${section}] cannot be fetched here`);
  }
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function internalDate(moment: Date): string {
  const date = String(moment.getUTCDate()).padStart(2);
  return `${date}-${months[moment.getUTCMonth()]}-${moment.getUTCFullYear()} ${moment.toISOString().slice(11, 19)} +0000`;
}
