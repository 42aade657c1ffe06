const DEFAULT_PORT = 6379;

/** The URL of a Redis that is named as `host`, as `host:port` or as a URL; undefined when it is none of these. */
export function redisUrl(address: string): string | undefined {
  if (/^rediss?:\/\//.test(address)) return URL.canParse(address) ? address : undefined;
  const match = /^(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(address);
  if (match === null) return undefined;
  const [, host, port = String(DEFAULT_PORT)] = match;
  return Number(port) > 65_535 ? undefined : `redis://${host}:${port}`;
}

export function isRedisAddress(address: string): boolean {
  return redisUrl(address) !== undefined;
}
