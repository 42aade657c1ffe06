const CENSOR = "[concealed]";
/** Shorter texts occur everywhere. */
const SHORTEST = 4;

/**
 * Makes a function that takes secrets out of a JSON line, wherever a message, an error or an object brought them in.
 * A line that holds none passes untouched.
 */
export function concealer(secrets: readonly string[]): (line: string) => string {
  // The longest first: one secret may be a part of another.
  const texts = [...new Set(secrets)].filter(({ length }) => length >= SHORTEST).sort((a, b) => b.length - a.length);
  const encoded = texts.map((text) => JSON.stringify(text).slice(1, -1));
  return (line) => {
    if (!encoded.some((text) => line.includes(text))) return line;
    return `${JSON.stringify(conceal(JSON.parse(line), texts))}\n`;
  };
}

function conceal(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return secrets.reduce((text, secret) => text.replaceAll(secret, CENSOR), value);
  if (typeof value === "number") return secrets.includes(String(value)) ? CENSOR : value;
  if (Array.isArray(value)) return value.map((item) => conceal(item, secrets));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [conceal(key, secrets), conceal(item, secrets)]);
  return Object.fromEntries(entries);
}
