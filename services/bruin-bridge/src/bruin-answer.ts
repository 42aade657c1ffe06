import type { HandlerReply } from "@trunkline/bus";

/** What Bruin said to one call: its HTTP status, and its body parsed. */
export interface BruinResponse {
  readonly status: number;
  readonly body: unknown;
}

/** What single calls answer otherwise than the usual. */
export interface AnswerTexts {
  /** Instead of Bruin's own body of a 403. */
  readonly forbidden?: unknown;
  /** Instead of "Resource not found". */
  readonly notFound?: string;
  /** Instead of Bruin's own body of a 409. */
  readonly conflict?: string;
  /** What stands before the cause when Bruin gave no answer. */
  readonly unreachable?: string;
}

export const UNREACHABLE = Object.freeze({
  plain: "Connection error in Bruin API. ",
  cause: "Connection error in Bruin API. Cause: ",
  colon: "Connection error in Bruin API: ",
  session: "ClientConnectionError: ",
});

/**
 * The reply to a requester for Bruin's response. The texts are those that existing requesters log and compare;
 * the status is always an integer: an unforeseen refusal passes through, anything else unforeseen is a 500.
 */
export function answerOf(response: BruinResponse, texts: AnswerTexts = {}): HandlerReply {
  const { status, body } = response;
  if (isSuccess(status)) return { status, body };
  if (status === 401) return { status, body: "Got 401 from Bruin" };
  if (status === 403) return { status, body: texts.forbidden ?? body };
  if (status === 404) return { status, body: texts.notFound ?? "Resource not found" };
  if (status === 409) return { status, body: texts.conflict ?? body };
  if (status >= 400 && status < 500) return { status, body };
  return { status: 500, body: "Got internal error from Bruin" };
}

/** The reply that hands on what Bruin said: its status, and its JSON, or its words where it has none. */
export function plainAnswerOf({ status, body, text }: BruinResponse & { readonly text?: string }): HandlerReply {
  return { status, body: text ?? body };
}

/** The reply when Bruin gave no answer; `cause` must be safe to show to anybody. */
export function silenceOf(cause: string, texts: AnswerTexts = {}): HandlerReply {
  return { status: 500, body: `${texts.unreachable ?? ""}${cause}` };
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
