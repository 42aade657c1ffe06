import { readFile } from "node:fs/promises";
import { z } from "zod";
import { protocols } from "./protocols.ts";
import type { StagedExchange } from "./stage.ts";

/** What is wrong with a vector file, by the place in it. */
export class InvalidVectors extends Error {
  override readonly name = "InvalidVectors";
}

/** Finds the protocol by its key, so that a complaint is about that protocol and not about all of them. */
const exchange = z.looseObject({}).transform((value, context): StagedExchange => {
  const protocol = protocols.find(({ key }) => key in value);
  if (protocol === undefined) {
    context.issues.push({
      code: "custom",
      message: `expected an exchange with one of the keys ${protocols.map(({ key }) => key).join(", ")}`,
      input: value,
    });
    return z.NEVER;
  }
  const parsed = protocol.exchange.safeParse(value);
  if (parsed.success) return { protocol: protocol.name, host: protocol.hostOf(parsed.data), exchange: parsed.data };
  for (const { message, path } of parsed.error.issues)
    context.issues.push({ code: "custom", message, path, input: value });
  return z.NEVER;
});

const vector = z
  .strictObject({
    name: z.string().min(1),
    subject: z.string().min(1),
    /** NATS headers. A run makes `Trunkline-Idempotency-Key` its own, because bridges remember keys. */
    headers: z.record(z.string(), z.string()).optional(),
    /** How often it is sent: the same reply each time, and the third party is asked once. */
    times: z.int().min(1).default(1),
    /** Whether the bridge has to be started while the third party already plays this vector, as for a failing login. */
    fresh: z.boolean().default(false),
    request: z.looseObject({}).optional(),
    /** The payload where it is no envelope, or no JSON. */
    requestText: z.string().optional(),
    /** Any order, each exactly once, and nothing else. */
    thirdParty: z.array(exchange).default([]),
    /** The whole reply. A message that nobody answers has none. */
    reply: z.strictObject({ request_id: z.unknown().optional(), body: z.unknown(), status: z.int() }).optional(),
  })
  .refine(
    ({ request, requestText }) => (request === undefined) !== (requestText === undefined),
    "a vector has either a request or a requestText",
  );

const vectorFile = z.strictObject({
  service: z.string().min(1),
  /** Answered whenever they are asked for: logins. */
  session: z.array(exchange).default([]),
  vectors: z
    .array(vector)
    .min(1)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "two vectors have the same name"),
});

/** What goes in over NATS, what the third party is asked and answers, and what comes back. */
export type Vector = z.output<typeof vector>;
export type VectorFile = z.output<typeof vectorFile>;

/** @throws InvalidVectors that says what is wrong and where */
export function parseVectors(value: unknown): VectorFile {
  const parsed = vectorFile.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidVectors(z.prettifyError(parsed.error));
}

/** @throws InvalidVectors that names the file */
export async function readVectors(file: string): Promise<VectorFile> {
  try {
    return parseVectors(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (error instanceof InvalidVectors || error instanceof SyntaxError)
      throw new InvalidVectors(`${file}:\n${error.message}`, { cause: error });
    throw error;
  }
}

/** Every host that the bridge calls in these vectors, with the protocol it is called by. */
export function hostsOf({ session, vectors }: VectorFile): Map<string, string> {
  const all = [...session, ...vectors.flatMap(({ thirdParty }) => thirdParty)];
  return new Map(all.map(({ host, protocol }) => [host, protocol]));
}
