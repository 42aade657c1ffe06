import { InvalidPayloadError } from "./errors.ts";
import { writeJson } from "./json.ts";
import type { HandlerReply } from "./types.ts";

/** The existing fleet's ids are texts, some of its callers' are numbers; a reply carries the id as it came. */
export type WireId = string | number;

/** What travels to a replier: `{"request_id", "body"}`. */
export interface RequestEnvelope {
  /** Undefined when the requester sent none. */
  readonly requestId: WireId | undefined;
  /** Undefined when the key is missing. */
  readonly body: unknown;
}

export function writeEnvelope(requestId: string, body: unknown): string {
  return `{"request_id":${quoted(requestId)},"body":${writeJson(body)}}`;
}

export function writeReply(requestId: WireId, reply: HandlerReply): string {
  return `{"request_id":${quoted(requestId)},"body":${writeJson(reply.body)},"status":${reply.status}}`;
}

/** Ids are plain words unless a peer made them up otherwise. */
function quoted(id: WireId): string {
  return typeof id === "string" && /^[\w-]+$/.test(id) ? `"${id}"` : JSON.stringify(id);
}

/** @throws InvalidPayloadError when it is no object */
export function readEnvelope(value: unknown): RequestEnvelope {
  if (!isObject(value)) throw new InvalidPayloadError(`expected a JSON object, received ${kindOf(value)}`);
  const { request_id: requestId, body } = value;
  return { requestId: isWireId(requestId) ? requestId : undefined, body };
}

/**
 * Reads `{"body", "status"}`; whether a request id came back does not matter, because old repliers leave it out.
 *
 * @throws InvalidPayloadError when it is no object or has no integer status
 */
export function readReply(value: unknown): HandlerReply {
  if (!isObject(value)) throw new InvalidPayloadError(`reply: expected a JSON object, received ${kindOf(value)}`);
  const { status, body } = value;
  if (!isStatus(status)) throw new InvalidPayloadError(`reply.status: expected an integer, received ${kindOf(status)}`);
  return { status, body };
}

function isWireId(value: unknown): value is WireId {
  return (typeof value === "string" && value !== "") || typeof value === "number";
}

export function isStatus(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value);
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
