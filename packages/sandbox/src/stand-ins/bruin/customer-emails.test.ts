import { movableClock } from "@trunkline/clock";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox.ts";
import { type BruinClient, signInToBruin } from "../../testing/bruin-client.ts";
import { repairDesk } from "../../testing/repair-desk.ts";
import { thirdPartyClient } from "../../testing/third-party-client.ts";

let sandbox: Sandbox;
let bruin: BruinClient;
let desk: ReturnType<typeof repairDesk>;
let emailId: number;

beforeAll(async () => {
  sandbox = await startSandbox({ clock: movableClock(new Date("2026-07-01T02:30:00Z")), fleet: { edges: 12 } });
  bruin = await signInToBruin(thirdPartyClient(sandbox));
  desk = repairDesk(bruin, sandbox.world);
});
beforeEach(() => {
  const question = {
    from: "dana@acme-foods.example",
    subject: "Line down",
    body: "Please help",
    cc: ["robin@acme-foods.example"],
  };
  emailId = sandbox.world.emailCenter.receive({ clientId: 90_001, ...question }).id;
});
afterAll(() => sandbox.stop());

const email = () => sandbox.world.emailCenter.email(emailId);

it("a tag is put on an e-mail once", async () => {
  expect(await bruin.post(`/api/Email/${emailId}/tag/3`)).toMatchObject({ status: 204, text: "" });
  expect(await bruin.post(`/api/Email/${emailId}/tag/4`)).toMatchObject({ status: 204 });
  const again = await bruin.post(`/api/Email/${emailId}/tag/3`);
  expect([again.status, again.json<{ code: number }>().code]).toEqual([409, 409]);
  expect([...email().tags]).toEqual([3, 4]);
});

it("an e-mail is linked to a ticket; a second time changes nothing and is said so", async () => {
  const [item] = await desk.repair(desk.edge());
  const path = `/api/Email/${emailId}/link/ticket/${item?.ticketId}`;
  const linked = { success: true, emailId, ticketId: item?.ticketId };
  expect((await bruin.post(path)).json()).toEqual({ ...linked, totalEmailAffected: 1, warnings: [] });
  expect((await bruin.post(path)).json()).toMatchObject({
    ...linked,
    totalEmailAffected: 0,
    warnings: [expect.any(String)],
  });
  expect([...email().ticketIds]).toEqual([item?.ticketId]);
});

it("an e-mail's status is set, and why", async () => {
  const change = { status: "Done", resolution: "Mark as done by Trunkline", updatedBy: "Trunkline" };
  const answer = await bruin.post("/api/Email/status", { emailId: String(emailId), ...change });
  expect(answer.json()).toEqual({ success: true, email_id: emailId });
  expect(email()).toMatchObject(change);
});

it("everybody on an e-mail is answered, once for each request", async () => {
  const path = "/api/Notification/email/ReplyAll?IsContentHTMLEncoded=True";
  const answer = await bruin.post(path, { content: "<p>We are on it</p>", emailId });
  const { emailId: answerId } = answer.json<{ emailId: number }>();
  expect(sandbox.world.emailCenter.email(answerId)).toMatchObject({ parentId: emailId, subject: "Re: Line down" });
  expect(sandbox.world.messages.list("email").at(-1)).toMatchObject({
    to: "dana@acme-foods.example, robin@acme-foods.example",
    subject: "Re: Line down",
    text: "We are on it",
    html: "<p>We are on it</p>",
  });
});

it.each([
  ["an unknown e-mail", "/api/Email/1/tag/3", undefined, 404],
  ["a tag that is no number", "/api/Email/1/tag/x", undefined, 400],
  ["a link to an unknown ticket", "/api/Email/1/link/ticket/1", undefined, 404],
  ["a status that there is not", "/api/Email/status", { emailId: 1, status: "Lost", updatedBy: "x" }, 400],
  ["a status of an unknown e-mail", "/api/Email/status", { emailId: 1, status: "New", updatedBy: "x" }, 404],
  ["an answer to an unknown e-mail", "/api/Notification/email/ReplyAll", { emailId: 1, content: "x" }, 404],
  ["an empty answer", "/api/Notification/email/ReplyAll", { emailId: 1, content: "" }, 400],
])("refuses %s", async (_, path, body, status) => {
  const answer = await bruin.post(path, body);
  expect([answer.status, answer.json<{ code: number }>().code]).toEqual([status, status]);
});

it("people have an e-mail written and see what became of it", async () => {
  const control = async (body?: object) => {
    const init = body && { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${sandbox.console.url}/api/customer-emails`, init);
    return { status: response.status, body: await response.json() };
  };
  const written = await control({ clientId: 90_001, from: "dana@acme-foods.example", subject: "Slow" });
  const { id } = written.body as { id: number };
  await bruin.post(`/api/Email/${id}/tag/4`);
  const { body: emails } = await control();
  expect(written.status).toBe(201);
  expect(emails).toContainEqual(
    expect.objectContaining({ id, clientId: 90_001, subject: "Slow", tags: [4], ticketIds: [], status: "New" }),
  );
  expect(await control({ clientId: 1, from: "dana@acme-foods.example" })).toMatchObject({ status: 404 });
  expect(await control({ clientId: 90_001, from: "nobody" })).toMatchObject({ status: 400 });
});
