import { type HandlerReply, ok, refuse } from "@trunkline/bus";
import { type Answer, explainFailure } from "@trunkline/http";
import { z } from "zod";

const refusal = z.union([
  z.looseObject({ error: z.unknown().refine((error) => error !== undefined && error !== null) }),
  z.looseObject({ Message: z.string().regex(/Aborted/) }),
]);

/** The reply to an order of recovery. DiGi refuses one with a 200 that says so, for one device or for several. */
export function orderOutcome({ status, body }: Answer): HandlerReply {
  if (isFailure(status)) return failure(status, body);
  if (!isObject(body)) return UNEXPECTED;
  return [body].flat().some((device) => refusal.safeParse(device).success) ? refuse(400, body) : ok(body);
}

/** The reply to a question for logs. DiGi refuses one with a 200 as well. */
export function logsOutcome({ status, body }: Answer): HandlerReply {
  if (isFailure(status)) return failure(status, body);
  if (!isObject(body) || Array.isArray(body)) return UNEXPECTED;
  return "Error" in body ? refuse(400, body) : ok(body);
}

/** The reply when there was no answer at all, or an unreadable one. */
export function noAnswer(error: unknown): HandlerReply {
  return explainFailure(error, "DiGi", { loginFailed: "The token is not created yet. Please try in a few seconds" });
}

const UNEXPECTED = refuse(500, "Got an unexpected answer from DiGi");

/** Requesters know one status for whatever DiGi's HTTP says. */
function failure(status: number, body: unknown): HandlerReply {
  return refuse(500, body ?? `Got ${status} from DiGi`);
}

function isFailure(status: number): boolean {
  return status < 200 || status >= 300;
}

function isObject(body: unknown): body is object {
  return typeof body === "object" && body !== null;
}
