/** The `documents` of Bruin's answer to a search; none where Bruin leaves the list out or writes null. */
export function documentsOf(body: unknown): Record<string, unknown>[] {
  const documents = (body as { documents?: unknown } | null)?.documents;
  return Array.isArray(documents) ? documents.filter((each) => each !== null && typeof each === "object") : [];
}
