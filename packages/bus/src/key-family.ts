/** Keys in Redis that begin alike and belong to the same service, or to the same few. */
export interface KeyFamily {
  /** What follows the environment's name. */
  readonly prefix: string;
  /** What may follow the prefix, as a Redis glob. */
  readonly rest: string;
  readonly access: KeyAccess;
  /** The beginning of these keys in an environment. */
  in(environment: string): string;
}

export type KeyAccess = "read" | "write" | "both";

/** A pattern of Redis keys, and what may be done to them. */
export interface KeyRight {
  readonly pattern: string;
  readonly access: KeyAccess;
}

/**
 * Whoever makes keys takes their beginning from here, and Redis permissions are made from the same.
 *
 * @example keyFamily(":triage-note:") // <environment>:triage-note:*
 */
export function keyFamily(
  prefix: string,
  { rest = "*", access = "both" }: { readonly rest?: string; readonly access?: KeyAccess } = {},
): KeyFamily {
  return Object.freeze({ prefix, rest, access, in: (environment: string) => environment + prefix });
}

export function keyRight(environment: string, family: Pick<KeyFamily, "in" | "rest" | "access">): KeyRight {
  return { pattern: family.in(environment) + family.rest, access: family.access };
}
