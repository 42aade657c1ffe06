import { rowsIn } from "./rows.ts";

/** The `documents` of Bruin's answer to a search. */
export function documentsOf(body: unknown): Record<string, unknown>[] {
  return rowsIn(body, "documents").filter(
    (each): each is Record<string, unknown> => each !== null && typeof each === "object",
  );
}
