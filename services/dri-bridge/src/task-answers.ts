import { type HandlerReply, ok, refuse } from "@trunkline/bus";
import type { Answer } from "@trunkline/http";
import { z } from "zod";
import type { TaskId } from "./dri-client.ts";

/** What an answer holds, or the reply that the requester gets instead. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reply: HandlerReply };

const id = z.union([z.string().min(1), z.number()]);
const pending = z.object({ data: z.object({ Transactions: z.array(z.object({ Id: id })).nullish() }).nullish() });
const started = z.object({ data: z.object({ Id: id }) });
const result = z.object({
  data: z.object({
    Message: z.string().nullish(),
    Parameters: z.array(z.object({ Name: z.string(), Value: z.unknown() })).nullish(),
  }),
});

/** The newest task of a device that is not done; undefined when there is none. */
export function newestPending(answer: Answer): Read<TaskId | undefined> {
  const refusal = refusalOf(answer);
  if (refusal !== undefined) return { ok: false, reply: refusal };
  const { success, data } = pending.safeParse(answer.body);
  if (!success) return UNEXPECTED;
  const ids = (data.data?.Transactions ?? []).map((transaction) => transaction.Id);
  return { ok: true, value: ids.reduce<TaskId | undefined>(newer, undefined) };
}

/** The task that has been begun. */
export function startedTask(answer: Answer, serial: string): Read<TaskId> {
  const refusal = answer.status === 504 ? refuse(504, `Getting task_id of ${serial} timed out`) : refusalOf(answer);
  if (refusal !== undefined) return { ok: false, reply: refusal };
  const { success, data } = started.safeParse(answer.body);
  return success ? { ok: true, value: data.data.Id } : UNEXPECTED;
}

/** How a task stands: it `waits` for the device, is `done` with its values by name, or is `over` without any. */
export type Standing =
  | { readonly kind: "waits"; readonly reply: HandlerReply }
  | { readonly kind: "done"; readonly reply: HandlerReply<Readonly<Record<string, unknown>>> }
  | { readonly kind: "over"; readonly reply: HandlerReply };

export function standingOf(answer: Answer, serial: string): Standing {
  const { status, body } = answer;
  // A session that is over says nothing of the task.
  if (status === 401) return { kind: "waits", reply: UNAUTHORISED };
  if (!isSuccess(status)) return { kind: "over", reply: passedOn(answer) };
  if (!saysSuccess(body))
    return { kind: "over", reply: refuse(400, `Failed to retrieve data from DRI for serial ${serial}`) };
  const { success, data } = result.safeParse(body);
  if (!success) return { kind: "over", reply: UNEXPECTED.reply };
  const { Message, Parameters } = data.data;
  if (Message === "Pending")
    return { kind: "waits", reply: ok(`Data is still being fetched from DRI for serial ${serial}`, 204) };
  if (Message === "Rejected") return { kind: "over", reply: refuse(403, `DRI task was rejected for serial ${serial}`) };
  const values = (Parameters ?? []).map(({ Name, Value }) => [Name, Value ?? null] as const);
  return { kind: "done", reply: ok(Object.fromEntries(values)) };
}

const UNAUTHORISED = refuse(401, "Got 401 from DRI");
const UNEXPECTED = { ok: false, reply: refuse(500, "Got an unexpected answer from DRI") } as const;

function refusalOf(answer: Answer): HandlerReply | undefined {
  if (answer.status === 401) return UNAUTHORISED;
  if (!isSuccess(answer.status)) return passedOn(answer);
  return saysSuccess(answer.body) ? undefined : refuse(400, answer.body);
}

function passedOn({ status, body }: Answer): HandlerReply {
  return refuse(status, body ?? `Got ${status} from DRI`);
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function saysSuccess(body: unknown): boolean {
  return typeof body === "object" && body !== null && "status" in body && body.status === "SUCCESS";
}

/** By number: as texts, 9 would come after 10. */
function newer(one: TaskId | undefined, other: TaskId): TaskId {
  return one === undefined || Number(other) > Number(one) ? other : one;
}
