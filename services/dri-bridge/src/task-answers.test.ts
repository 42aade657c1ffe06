import type { Answer } from "@trunkline/http";
import { describe, expect, test } from "vitest";
import { newestPending, standingOf, startedTask } from "./task-answers.ts";

const answer = (status: number, body: unknown = null): Answer => ({ status, headers: {}, body });
const succeeded = (data: unknown) => answer(200, { status: "SUCCESS", message: "All Good!", data });
const failed = { status: "FAILED", message: "no", data: null };
const unexpected = { status: 500, body: "Got an unexpected answer from DRI" };

/** What every answer may be instead of what was asked for. */
const refusals: [Answer, number, unknown][] = [
  [answer(401, { any: 1 }), 401, "Got 401 from DRI"],
  [answer(404, { any: 1 }), 404, { any: 1 }],
  [answer(500, { any: 1 }), 500, { any: 1 }],
  [answer(503), 503, "Got 503 from DRI"],
  [answer(200, failed), 400, failed],
  [answer(200), 400, null],
];

describe("pending tasks", () => {
  const pending = (...ids: unknown[]) => succeeded({ Transactions: ids.map((Id) => ({ Id })), ErrorCode: 100 });

  test.each([
    [pending(), undefined],
    [succeeded({ ErrorCode: 100 }), undefined],
    [succeeded(null), undefined],
    [pending(1720079), 1720079],
    [pending(9, 10), 10],
    [pending("9", "10"), "10"],
  ])("of %j the newest is %j", (from, value) => {
    expect(newestPending(from)).toEqual({ ok: true, value });
  });

  test.each(refusals)("%j is refused with %i", (from, status, body) => {
    expect(newestPending(from)).toEqual({ ok: false, reply: { status, body } });
  });

  test("ids that are none are not understood", () => {
    expect(newestPending(pending(null))).toEqual({ ok: false, reply: unexpected });
  });
});

describe("a task that is begun", () => {
  test("has an id", () => {
    expect(startedTask(succeeded({ Id: 1725608 }), "700059")).toEqual({ ok: true, value: 1725608 });
  });

  test.each([
    ...refusals,
    [answer(504, { any: 1 }), 504, "Getting task_id of 700059 timed out"],
    [succeeded({}), 500, "Got an unexpected answer from DRI"],
  ] satisfies [Answer, number, unknown][])("%j is refused with %i", (from, status, body) => {
    expect(startedTask(from, "700059")).toEqual({ ok: false, reply: { status, body } });
  });
});

describe("how a task stands", () => {
  const named = (Name: string, Value: unknown) => ({ Name, Value, ErrorCode: 100, Message: "" });
  const result = (Message: string, ...Parameters: object[]) => succeeded({ Parameters, ErrorCode: 100, Message });

  test.each([
    [result("", named("Providers", "ATT"), named("Sim", null)), "done", 200, { Providers: "ATT", Sim: null }],
    [result(""), "done", 200, {}],
    [result("Pending"), "waits", 204, "Data is still being fetched from DRI for serial 700059"],
    [result("Rejected"), "over", 403, "DRI task was rejected for serial 700059"],
    [answer(200, failed), "over", 400, "Failed to retrieve data from DRI for serial 700059"],
    [answer(200), "over", 400, "Failed to retrieve data from DRI for serial 700059"],
    [answer(401), "waits", 401, "Got 401 from DRI"],
    [answer(404, { any: 1 }), "over", 404, { any: 1 }],
    [answer(503), "over", 503, "Got 503 from DRI"],
    [succeeded(null), "over", 500, "Got an unexpected answer from DRI"],
  ] satisfies [Answer, string, number, unknown][])("%j: it %s, %i", (from, kind, status, body) => {
    expect(standingOf(from, "700059")).toEqual({ kind, reply: { status, body } });
  });
});
