import { contractsOf } from "@trunkline/contracts";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { natsRights } from "./nats-rights.ts";

const { request, message } = contractsOf("desk", "desk_group");
const common = { description: "Of a test.", body: z.object({}) };
const answer = { ...common, reply: z.object({}) };
const read = request({ ...answer, subject: "desk.read", effect: "read", timeoutSeconds: 90 });
const write = request({ ...answer, subject: "desk.write", effect: "write", timeoutSeconds: 5 });
const passing = message({ ...common, subject: "desk.passing", effect: "read" });
const kept = message({ ...common, subject: "desk.kept", effect: "read", stream: "DESK", consumer: "desk-reader" });

const nothing = { name: "desk", serves: [], asks: [], publishes: [], consumes: [] };

describe("what a service may do at NATS", () => {
  it("is to be found, whatever it does", () => {
    const { publish, subscribe, answers } = natsRights(nothing);
    expect(publish).toEqual([]);
    expect(subscribe).toEqual([
      "_INBOX.desk.>",
      ...["PING", "INFO", "STATS"].flatMap((verb) => [`$SRV.${verb}`, `$SRV.${verb}.desk`, `$SRV.${verb}.desk.*`]),
    ]);
    expect(answers).toEqual({ max: 2, withinMs: 60_000 });
  });

  it("serves in its queue group, and answers for as long as the most patient wait", () => {
    const { publish, subscribe, answers } = natsRights({ ...nothing, serves: [read, write] });
    expect(publish).toEqual([]);
    expect(subscribe).toEqual(expect.arrayContaining(["desk.read desk_group", "desk.write desk_group"]));
    expect(answers.withinMs).toBe(180_000);
  });

  it("asks what it reads, and no more", () => {
    expect(natsRights({ ...nothing, name: "monitor", asks: [read] }).publish).toEqual(["desk.read"]);
  });

  it("records what it writes under its own name, and tells Slack of it in a dry run", () => {
    const { publish } = natsRights({ ...nothing, name: "monitor", asks: [write] });
    expect(publish).toEqual([
      "desk.write",
      "notification.slack.request",
      "trunkline.audit.monitor.desk.write",
      "$JS.API.INFO",
      "$JS.API.STREAM.INFO.NOTIFICATIONS",
      "$JS.API.STREAM.CREATE.NOTIFICATIONS",
      "$JS.API.STREAM.INFO.AUDIT",
      "$JS.API.STREAM.CREATE.AUDIT",
    ]);
  });

  it("needs no stream for what no stream keeps", () => {
    const { publish, subscribe } = natsRights({ ...nothing, publishes: [passing], consumes: [passing] });
    expect(publish).toEqual(["desk.passing"]);
    expect(subscribe).toContain("desk.passing desk_group");
  });

  it("reads a stream as one consumer, changes it as its owner, and parks what it cannot work on", () => {
    expect(natsRights({ ...nothing, consumes: [kept] }).publish).toEqual([
      "trunkline.dead.desk.kept",
      "$JS.API.INFO",
      "$JS.API.STREAM.INFO.DEAD_LETTERS",
      "$JS.API.STREAM.CREATE.DEAD_LETTERS",
      "$JS.API.STREAM.INFO.DESK",
      "$JS.API.STREAM.CREATE.DESK",
      "$JS.API.STREAM.UPDATE.DESK",
      "$JS.API.CONSUMER.CREATE.DESK.desk-reader.desk.kept",
      "$JS.API.CONSUMER.INFO.DESK.desk-reader",
      "$JS.API.CONSUMER.MSG.NEXT.DESK.desk-reader",
      "$JS.ACK.DESK.desk-reader.>",
    ]);
  });
});
