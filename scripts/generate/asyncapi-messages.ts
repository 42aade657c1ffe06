import type { Contract, RequestContract } from "@trunkline/contracts";
import type { SchemaBook } from "./asyncapi-schemas.ts";

const tracing = {
  "Trunkline-Request-Id": text("The request's id, for those who do not open the payload"),
  traceparent: text("W3C trace context"),
  tracestate: text("W3C trace context of vendors"),
};
const requestHeaders = {
  "Trunkline-Deadline": text("Milliseconds since 1970 after which nobody waits; a request that comes later is dropped"),
  ...tracing,
};

/** What is the same for all subjects: the envelope's parts, the claim check, and the headers. */
export const sharedSchemas = {
  requestId: {
    description: "Made up by the requester. It is in every log line that the request causes, and comes back as it was.",
    type: ["string", "number"],
  },
  status: { description: "As in HTTP: 2xx is success, 400 bad input, 500 a failure.", type: "integer" },
  success: { properties: { status: { minimum: 200, maximum: 299 } } },
  claimCheck: {
    description:
      "Travels in place of a payload that is larger than the broker's limit. The payload itself lies in Redis under " +
      "the token, as JSON text, for five minutes.",
    type: "object",
    properties: { is_stored: { const: true }, token: { type: "string" } },
    required: ["is_stored", "token"],
  },
  readHeaders: { type: "object", properties: requestHeaders },
  writeHeaders: {
    type: "object",
    properties: {
      "Trunkline-Idempotency-Key": text(
        "Names what was decided. A repetition with the same key has no second effect and gets the same reply; " +
          "services of the engine always send it.",
      ),
      ...requestHeaders,
    },
  },
  messageHeaders: { type: "object", properties: tracing },
  storedMessageHeaders: {
    type: "object",
    properties: {
      "Nats-Msg-Id": text("Names the message: of those with the same id within ten minutes the stream keeps one"),
      ...tracing,
    },
  },
} as const;

/** The message of a request, or one that is never answered. */
export function message(contract: Contract, book: SchemaBook): object {
  const body = book.refer(contract.body, `${contract.subject}.body`);
  const isBare = contract.kind === "message" && contract.envelope === "bare";
  const enveloped = { type: "object", properties: { request_id: shared("requestId"), body }, required: ["body"] };
  return {
    title: contract.subject,
    summary: contract.description,
    contentType: "application/json",
    headers: shared(headersOf(contract)),
    payload: orClaim(isBare ? body : enveloped),
  };
}

/** The message of a reply. Only a success has the body of the contract; refusals carry what explains them. */
export function replyMessage({ subject, reply }: RequestContract, book: SchemaBook): object {
  const body = book.refer(reply, `${subject}.reply`);
  return {
    title: `Reply to ${subject}`,
    contentType: "application/json",
    payload: orClaim({
      type: "object",
      properties: { request_id: shared("requestId"), body: {}, status: shared("status") },
      required: ["body", "status"],
      if: shared("success"),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: { body } },
    }),
  };
}

function headersOf(contract: Contract): keyof typeof sharedSchemas {
  if (contract.kind === "request") return contract.effect === "write" ? "writeHeaders" : "readHeaders";
  return contract.stream === null ? "messageHeaders" : "storedMessageHeaders";
}

function orClaim(payload: object): object {
  return { anyOf: [payload, shared("claimCheck")] };
}

function shared(name: keyof typeof sharedSchemas): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

function text(description: string): { type: "string"; description: string } {
  return { type: "string", description };
}
