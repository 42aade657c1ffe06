/** Values of a query string: a list becomes the same key again and again. */
export type Query = Record<string, string | number | boolean | readonly (string | number | boolean)[]>;

type QueryValue = string | number | boolean | null | undefined | readonly (string | number | boolean)[];

/**
 * A request's filters as Bruin's query: `client_id` becomes `ClientId`, `TicketID` stays as it is, null is left out.
 */
export function queryOf(filters: Readonly<Record<string, QueryValue>>): Query {
  const query: Query = {};
  for (const [key, value] of Object.entries(filters)) {
    if (value !== null && value !== undefined) query[pascalCase(key)] = value;
  }
  return query;
}

/** Renames the keys of a JSON value all the way down, as Bruin spells them. */
export function pascalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascalized);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [pascalCase(key), pascalized(inner)]));
}

function pascalCase(key: string): string {
  return key
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
