/** The list that Bruin's answer keeps under a key; empty where Bruin leaves it out, writes null, or answers no object. */
export function rowsIn(body: unknown, key: string): unknown[] {
  if (typeof body !== "object" || body === null || !Object.hasOwn(body, key)) return [];
  const rows: unknown = Reflect.get(body, key);
  return Array.isArray(rows) ? rows : [];
}
