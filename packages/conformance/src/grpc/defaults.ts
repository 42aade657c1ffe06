/**
 * Takes away what has its default: in protocol buffers it does not travel, so that a message with it and one without
 * it are the same. Items of lists stay, empty or not.
 */
export function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, inner]) => [name, withoutDefaults(inner)] as const);
  return Object.fromEntries(fields.filter(([, inner]) => !isDefault(inner)));
}

function isDefault(value: unknown): boolean {
  return [0, "", false, null].includes(value as null) || (Array.isArray(value) && value.length === 0);
}
