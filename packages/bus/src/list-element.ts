import { z } from "zod";

/** The schema of each element where a schema takes a list, alone or among others; undefined where it takes none. */
export function elementOf(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodArray) return isChecked(schema) ? undefined : (schema.element as z.ZodType);
  if (!(schema instanceof z.ZodUnion) || isChecked(schema)) return undefined;
  const lists = (schema.options as readonly z.ZodType[]).filter((option) => option instanceof z.ZodArray);
  // Which of several it is shows only when the whole list is there.
  return lists.length === 1 && lists[0] !== undefined ? elementOf(lists[0]) : undefined;
}

/** Such a rule is about the whole list, its length for instance. */
function isChecked(schema: z.ZodArray | z.ZodUnion): boolean {
  return (schema.def.checks?.length ?? 0) > 0;
}
