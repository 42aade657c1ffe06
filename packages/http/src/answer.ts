import type { IncomingHttpHeaders } from "node:http";
import type { Answer, Call } from "./types.ts";

/** How much of a page that is no JSON is kept: enough to recognise an error, too little to carry data away. */
const TEXT_KEPT = 2_000;

/** A 2xx answer that does not hold what was asked for. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
  readonly reason: "not-json" | "truncated";

  constructor(reason: "not-json" | "truncated") {
    super(reason);
    this.reason = reason;
  }
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/**
 * Reads an answer. The status decides how strict: whoever gets a 502 wants to know that, not that a proxy's page
 * is no JSON.
 * @throws Unreadable for a 2xx answer that is not JSON although JSON is expected; where words are welcome too, for one
 * that is a page or was cut short
 */
export function readAnswer(raw: RawAnswer, expects: Call["expects"], now: Date): Answer {
  const { status, headers } = raw;
  const retryAfterMs = parseRetryAfter(headers["retry-after"], now);
  const base = { status, headers, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  const text = new TextDecoder().decode(raw.bytes);
  if (expects === "text") return { ...base, body: null, text };
  if (expects === "json-or-text") return { ...base, ...readEither(raw, text) };
  if (text.trim() === "") return { ...base, body: null };
  const json = isPage(headers) ? undefined : parseJson(text);
  if (json !== undefined) return { ...base, body: json.value };
  if (status >= 200 && status < 300)
    throw new Unreadable(isPage(headers) || !endsEarly(text) ? "not-json" : "truncated");
  return { ...base, body: null, text: text.slice(0, TEXT_KEPT) };
}

/** JSON or words, whatever the type says: some APIs announce one and send the other. */
function readEither({ status, headers }: RawAnswer, text: string): Pick<Answer, "body" | "text"> {
  const json = parseJson(text);
  if (json !== undefined) return { body: json.value };
  if (status >= 200 && status < 300) {
    if (endsEarly(text)) throw new Unreadable("truncated");
    if (isPage(headers) || text.trimStart().startsWith("<")) throw new Unreadable("not-json");
  }
  return { body: null, text };
}

/** `Retry-After` is a number of seconds or a date. */
function parseRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const moment = Date.parse(header);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now.getTime());
}

function isPage(headers: IncomingHttpHeaders): boolean {
  return /^(text\/html|application\/xhtml)/i.test(headers["content-type"] ?? "");
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const CLOSED_BY: Readonly<Record<string, string>> = { "{": "}", "[": "]", '"': '"' };

/** Whether a text that is no JSON began as an object, a list or a text in quotes, and never closed it. */
function endsEarly(text: string): boolean {
  const body = text.trim();
  const end = CLOSED_BY[body.charAt(0)];
  return end !== undefined && (body.length === 1 || !body.endsWith(end));
}
