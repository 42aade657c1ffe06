import { type KeyFamily, keyFamily } from "@trunkline/bus";

const PREFIX = "-";

/**
 * `<environment>-<list>` and what is kept about the list behind a colon, as the existing fleet names them. All caches
 * share one Redis, so each has to say which names are its own.
 *
 * @param names a Redis glob
 */
export function cacheKeys(names: string): KeyFamily {
  return keyFamily(PREFIX, { rest: names });
}

export function cacheKey(environment: string, name: string): string {
  return cacheKeys("").in(environment) + name;
}
