import { z } from "zod";

const pattern = z.strictObject({ $match: z.string() }).or(z.strictObject({ $any: z.literal(true) }));
const text = z.string().or(pattern);

const httpRequest = z
  .strictObject({
    method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
    host: z.string().min(1),
    /** As it stands in the request line, percent-encoded, without the query. */
    path: z.string().regex(/^\/[^?]*$/, "expected a path such as /api/x; what follows a question mark stands in query"),
    /** A key that is repeated has a list. */
    query: z.record(z.string(), text.or(z.array(text))).optional(),
    json: z.unknown().optional(),
    form: z.record(z.string(), text.or(z.array(text))).optional(),
    text: text.optional(),
    /** Headers that have to be there; others may be. */
    headers: z.record(z.string(), text).optional(),
  })
  .refine(
    (request) => bodies.filter((kind) => request[kind] !== undefined).length <= 1,
    "a request has one of json, form and text",
  );

const bodies = ["json", "form", "text"] as const;

/**
 * `hang-up`: the connection ends without an answer; `cut-short`: amid the answer; `stall`: no answer ever comes;
 * `slow-body`: it begins and never ends; `too-large`: it says that it is going to be a gibibyte.
 */
const httpFault = z.enum(["hang-up", "cut-short", "stall", "slow-body", "too-large"]);

const httpResponse = z
  .strictObject({
    status: z.int().min(200).max(599).optional(),
    headers: z.record(z.string(), z.string().or(z.array(z.string()))).optional(),
    json: z.unknown().optional(),
    text: z.string().optional(),
    fault: httpFault.optional(),
  })
  .refine(
    (response) => (response.status === undefined) !== (response.fault === undefined),
    "a response has either a status or a fault",
  )
  .refine(
    (response) => response.json === undefined || response.text === undefined,
    "a response has one of json and text",
  );

/** One call of an HTTP API with its answer. */
export const httpExchange = z.strictObject({ request: httpRequest, response: httpResponse });
export type HttpExchange = z.output<typeof httpExchange>;
