import { GrpcError } from "@trunkline/grpc";
import { expect, test } from "vitest";
import { saveMetrics } from "./automation-metrics.ts";
import { saveLiveMetrics } from "./live-automation-metrics.ts";
import { context, scripted } from "./testing/scripted-t7.ts";

const live = { ticket_id: 7001, asset_id: "VC9990001", automated_successfully: false };
const history = { ticket_id: 7001, ticket_rows: [{ "Task Result": "Repair Completed" }] };

test("what T7 says about it is the reply", async () => {
  const t7 = scripted({ message: "Saved 1 metrics" });
  expect(await saveMetrics(t7)(history, context)).toEqual({ status: 200, body: "Saved 1 metrics" });
  expect(await saveLiveMetrics(t7)(live, context)).toEqual({ status: 200, body: "Saved 1 metrics" });
  expect(t7.asked).toEqual([{ ticket_id: 7001, ticket_rows: [{ task_result: "Repair Completed" }] }, live]);
});

test("an empty history is saved too, a row that T7 could not read is not", async () => {
  const t7 = scripted({ message: "Saved 0 metrics" });
  expect(await saveMetrics(t7)({ ...history, ticket_rows: [] }, context)).toMatchObject({ status: 200 });
  expect(await saveMetrics(t7)({ ...history, ticket_rows: [{ Task: [] }] }, context)).toMatchObject({ status: 400 });
  expect(t7.asked).toHaveLength(1);
});

test("a refusal is told with its details, an answer that is none as 502", async () => {
  const facts = { system: "t7", host: "kre.example.net", method: "SaveLiveMetrics" };
  const refused = scripted(new GrpcError("UNAVAILABLE", "no upstream", facts));
  expect(await saveLiveMetrics(refused)(live, context)).toEqual({
    status: 500,
    body: "Grpc error details: no upstream",
  });
  expect(await saveLiveMetrics(scripted({}))(live, context)).toMatchObject({ status: 502 });
});
