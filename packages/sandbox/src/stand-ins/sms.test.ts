import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";
import { type ThirdPartyClient, thirdPartyClient } from "../testing/third-party-client.ts";

describe("the SMS gateway", () => {
  let sandbox: Sandbox;
  let call: ThirdPartyClient;
  let variables: Record<string, string>;

  beforeAll(async () => {
    sandbox = await startSandbox({ fleet: { edges: 3 } });
    call = thirdPartyClient(sandbox);
    variables = sandbox.env("notifier");
  });
  afterAll(() => sandbox.stop());

  function send(form: Record<string, string>, token = variables.TELESTAX_AUTH_TOKEN) {
    const { hostname, pathname } = new URL(variables.TELESTAX_URL ?? "");
    const credentials = Buffer.from(`${variables.TELESTAX_ACCOUNT_SID}:${token}`).toString("base64");
    return call(hostname, { path: pathname, form, headers: { authorization: `Basic ${credentials}` } });
  }

  it("queues a message and tells all about it in texts", async () => {
    const answer = await send({
      From: variables.TELESTAX_FROM_PHONE_NUMBER ?? "",
      To: "16665550100",
      Body: "site down",
    });
    expect(answer.status).toBe(200);
    const receipt = answer.json<Record<string, string>>();
    expect(receipt).toMatchObject({
      to: "16665550100",
      body: "site down",
      status: "queued",
      direction: "outbound-api",
    });
    expect(receipt.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(receipt.date_created).toMatch(/ \+0000$/);
    expect(receipt.uri).toBe(`/2012-04-24/Accounts/${variables.TELESTAX_ACCOUNT_SID}/SMS/Messages/${receipt.sid}.json`);
    expect(Object.values(receipt).every((value) => typeof value === "string")).toBe(true);
    expect(sandbox.world.messages.list("sms")).toMatchObject([{ to: "16665550100", text: "site down" }]);
  });

  it("refuses wrong credentials in plain words", async () => {
    const answer = await send({ From: "1", To: "16665550100", Body: "hi" }, "guessed");
    expect([answer.status, answer.text]).toEqual([401, "Authentication failed"]);
  });

  it.each([
    [{ From: "16665550199", To: "16665550100" }, "Missing parameter Body"],
    [{ From: "16665550199", To: "nobody", Body: "hi" }, "Invalid number nobody"],
  ])("refuses %j", async (form, text) => {
    const answer = await send(form);
    expect([answer.status, answer.text]).toEqual([400, text]);
  });
});
