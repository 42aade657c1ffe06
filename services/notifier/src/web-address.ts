import type { Call } from "@trunkline/http";

/** A configured URL taken apart for calls; its path and query may be what gives access. */
export interface WebAddress extends Pick<Call, "path"> {
  readonly baseUrl: string;
  readonly pathParams: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/**
 * Whoever knows a webhook's path may post to it. Every segment becomes a path parameter, because the template alone
 * shows up in logs and metrics.
 */
export function webAddress(text: string): WebAddress {
  const url = new URL(text);
  const segments = url.pathname.split("/").slice(1).map(decodeURIComponent);
  const named = segments.map((segment, index) => [`part${index + 1}`, segment] as const);
  const isRoot = segments.length === 1 && segments[0] === "";
  return {
    baseUrl: url.origin,
    path: isRoot ? "/" : named.map(([name]) => `/{${name}}`).join(""),
    pathParams: isRoot ? {} : Object.fromEntries(named),
    query: Object.fromEntries(url.searchParams),
  };
}
