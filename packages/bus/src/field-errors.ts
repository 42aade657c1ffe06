import type { z } from "zod";
import { valueAt } from "./value-at.ts";

/** One wrong field of a body, as the fleet's validators report it. */
export interface FieldError {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/**
 * Everything that is wrong with a body, in the words of pydantic 1, which wrote these lists in the existing fleet.
 *
 * @param model what the body is called in the one entry that says it is no object
 */
export function fieldErrors(model: string, body: unknown, error: z.ZodError): FieldError[] {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return [{ loc: ["__root__"], msg: `${model} expected dict not ${pythonTypeOf(body)}`, type: "type_error" }];
  }
  return error.issues.map((issue) => ({
    loc: issue.path.map((part) => (typeof part === "number" ? part : String(part))),
    ...describe(issue, valueAt(body, issue.path)),
  }));
}

const REQUIRED = { msg: "field required", type: "value_error.missing" };
const NULL = { msg: "none is not an allowed value", type: "type_error.none.not_allowed" };
const WRONG_TYPES: Readonly<Record<string, Pick<FieldError, "msg" | "type">>> = {
  int: { msg: "value is not a valid integer", type: "type_error.integer" },
  number: { msg: "value is not a valid integer", type: "type_error.integer" },
  string: { msg: "str type expected", type: "type_error.str" },
  boolean: { msg: "value could not be parsed to a boolean", type: "type_error.bool" },
  object: { msg: "value is not a valid dict", type: "type_error.dict" },
  record: { msg: "value is not a valid dict", type: "type_error.dict" },
  array: { msg: "value is not a valid list", type: "type_error.list" },
};

function describe(issue: z.core.$ZodIssue, value: unknown): Pick<FieldError, "msg" | "type"> {
  if (value === undefined) return REQUIRED;
  if (value === null) return NULL;
  return WRONG_TYPES[expectedType(issue) ?? ""] ?? { msg: issue.message, type: "value_error" };
}

/** A union expects what its first member does: an id is a number, or else its digits. */
function expectedType(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code === "invalid_type") return issue.expected;
  const first = issue.code === "invalid_union" ? issue.errors[0]?.[0] : undefined;
  return first?.code === "invalid_type" ? first.expected : undefined;
}

function pythonTypeOf(value: unknown): string {
  if (value === undefined || value === null) return "NoneType";
  if (typeof value === "string") return "str";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  return "list";
}
