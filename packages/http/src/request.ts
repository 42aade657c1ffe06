import { TooLarge } from "./failure.ts";
import { fillPath } from "./path.ts";
import type { Call } from "./types.ts";

/** What goes over the wire for a call, relative to the base URL. */
export interface PreparedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: Buffer | undefined;
}

/**
 * @throws BadPath when the path cannot be built
 * @throws TooLarge when the body is over the limit
 */
export function prepareRequest(call: Omit<Call, "signal" | "requestId">, maxBytes: number): PreparedRequest {
  const payload = payloadOf(call);
  if (payload !== undefined && payload.data.length > maxBytes) throw new TooLarge("the request is too large");
  const type = payload === undefined ? {} : { "content-type": payload.type };
  return {
    url: fillPath(call.path, call.pathParams) + queryOf(call.query),
    headers: merged({ accept: "application/json", ...type }, call.headers),
    data: payload?.data,
  };
}

function payloadOf(call: Pick<Call, "json" | "form">): { type: string; data: Buffer } | undefined {
  if (call.form !== undefined) {
    const data = Buffer.from(new URLSearchParams(call.form).toString());
    return { type: "application/x-www-form-urlencoded", data };
  }
  if (call.json === undefined) return undefined;
  return { type: "application/json", data: Buffer.from(JSON.stringify(call.json)) };
}

function queryOf(query: Call["query"] = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    [value ?? []].flat().map((item): [string, string] => [key, String(item)]),
  );
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`;
}

/** A later header takes the place of an earlier one however it is spelled; on the wire it is spelled as it was given. */
function merged(...sets: (Readonly<Record<string, string>> | undefined)[]): Record<string, string> {
  const byName = new Map<string, readonly [string, string]>();
  for (const header of sets.flatMap((set = {}) => Object.entries(set))) byName.set(header[0].toLowerCase(), header);
  return Object.fromEntries(byName.values());
}
