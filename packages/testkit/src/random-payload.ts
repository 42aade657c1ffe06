/** Makes payloads that a careless, old or hostile peer might send. */
export interface RandomPayloads {
  next(): Uint8Array;
}

/**
 * Random shapes, sizes and encodings: the same seed gives the same payloads.
 *
 * @param keys names that mean something to the receiver; they are mixed in so that payloads get past the first check
 */
export function randomPayloads(seed: number, keys: readonly string[] = []): RandomPayloads {
  const random = mulberry32(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const oneOf = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const names = [...keys, "body", "request_id", "token", "is_stored", "__proto__", "constructor", "", "名前"];

  const text = (): string =>
    oneOf([
      () => "",
      () => "x".repeat(below(40)),
      () => "null",
      () => String.fromCodePoint(...Array.from({ length: below(12) }, () => 1 + below(0xd7ff))),
      () => "\ud800",
      () => "../../etc/passwd",
      () => "*.>",
      () => "2022-10-01 12:34:56.789012+00:00",
      () => String(below(1_000_000)),
      () => "y".repeat(below(20_000)),
    ])();
  const scalar = (): unknown =>
    oneOf([
      () => null,
      () => random() < 0.5,
      () => below(2 ** 31) - 2 ** 30,
      () => random() * 1e300,
      () => -0,
      () => Number.MAX_SAFE_INTEGER + 2,
      text,
    ])();
  const value = (depth: number): unknown => {
    if (depth === 0 || random() < 0.5) return scalar();
    const size = below(6);
    if (random() < 0.5) return Array.from({ length: size }, () => value(depth - 1));
    return Object.fromEntries(Array.from({ length: size }, () => [oneOf(names), value(depth - 1)]));
  };
  const envelope = (): unknown => {
    const body = Object.fromEntries(keys.filter(() => random() < 0.7).map((key) => [key, value(2)]));
    return { ...(random() < 0.7 ? { request_id: scalar() } : {}), body: random() < 0.8 ? body : value(3) };
  };
  const json = (): string => JSON.stringify(random() < 0.6 ? envelope() : value(4)) ?? "null";
  const bytes = (length: number) => Uint8Array.from({ length }, () => below(256));
  const spoiled = (): Uint8Array => {
    const whole = Buffer.from(json());
    return oneOf([
      () => whole.subarray(0, below(whole.length + 1)),
      () => Buffer.concat([whole, bytes(1 + below(4))]),
      () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), whole]),
      () => Buffer.from(json(), "utf16le"),
      () => Buffer.from(whole.toString().replace(/\d+/, () => oneOf(["NaN", "Infinity", "-Infinity", "01", "1e999"]))),
      () => Buffer.from(`${"[".repeat(below(5_000))}${"]".repeat(below(5_000))}`),
      () => Buffer.from(`{"is_stored": true, "token": ${JSON.stringify(scalar()) ?? "null"}}`),
      () => bytes(below(300)),
      () => new Uint8Array(0),
    ])();
  };
  return { next: () => (random() < 0.6 ? Buffer.from(json()) : spoiled()) };
}

/** A small generator of numbers in [0, 1) that is the same everywhere. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
