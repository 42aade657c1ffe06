import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import {
  appendTicketNote,
  appendTicketNotes,
  type BodyOf,
  changeTicketSeverity,
  changeTicketWork,
  closeTicket,
  createOutageTicket,
  createTicket,
  openTicketDetail,
  type RequestContract,
  replyToEmail,
  resolveTicketDetail,
  sendMilestoneEmail,
  subscribeUser,
  tagEmail,
  unpauseTicketDetail,
} from "@trunkline/contracts";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { type RunningBridge, startBridge } from "./testing/running-bridge.ts";
import { freshAsset, freshTicket } from "./testing/world.ts";

let bridge: RunningBridge;

beforeAll(async () => {
  bridge = await startBridge();
});
afterAll(() => bridge.stop());
afterEach(() => bridge.sandbox.faults.removeAll());

/** Asks twice with one key; Bruin's answer to the first attempt is lost after Bruin has done it. */
async function askTwice<C extends RequestContract>(contract: C, body: BodyOf<C>) {
  const options = { idempotencyKey: crypto.randomUUID() };
  bridge.sandbox.faults.add({ system: "bruin", kind: "500", when: "after", method: "POST", times: 1 });
  bridge.sandbox.faults.add({ system: "bruin", kind: "500", when: "after", method: "PUT", times: 1 });
  const first = await bridge.bus.request(contract, body, options);
  bridge.sandbox.faults.removeAll();
  const second = await bridge.bus.request(contract, body, options);
  return { first, second };
}

describe("when Bruin's answer is lost, the next attempt with the same key", () => {
  test("finds the note and does not double it", async () => {
    const { asset, ticket } = freshTicket(bridge.sandbox.world);
    const note = { ticket_id: ticket.id, note: "#*MetTel's IPA*#\nonce", service_numbers: [asset.serviceNumber] };
    const { first, second } = await askTwice(appendTicketNote, note);
    expect(first).toMatchObject({ ok: false, status: 500 });
    expect(second).toMatchObject({ ok: true, status: 200 });
    expect(ticket.notes.map(({ text }) => text)).toEqual([note.note]);
  });

  test.each([true, false])("calls the ticket a new one (full response: %j)", async (full) => {
    const asset = freshAsset(bridge.sandbox.world);
    const outage = {
      client_id: asset.customer.id,
      service_number: asset.serviceNumber,
      ...(full && { get_full_response: true }),
    };
    const { first, second } = await askTwice(createOutageTicket, outage);
    const ticket = bridge.sandbox.world.desk.openTicketOf(asset.serviceNumber);
    expect(first).toMatchObject({ status: 500 });
    const item = { ticketId: ticket?.id, wtn: asset.serviceNumber, errorCode: null };
    expect(second).toMatchObject({ ok: true, status: 200, body: full ? { items: [item] } : ticket?.id });
  });

  test("does not open a detail twice, because Bruin notes every opening", async () => {
    const { ticket, detail } = freshTicket(bridge.sandbox.world);
    bridge.sandbox.world.desk.resolveDetail(detail, []);
    const { second } = await askTwice(openTicketDetail, { ticket_id: ticket.id, detail_id: detail.id });
    expect(second).toMatchObject({ ok: true, body: "Success" });
    expect(await statusChanges(ticket.id)).toHaveLength(1);
  });

  test("finds the detail resolved", async () => {
    const { ticket, detail } = freshTicket(bridge.sandbox.world);
    const { second } = await askTwice(resolveTicketDetail, { ticket_id: ticket.id, detail_id: detail.id });
    expect(second).toMatchObject({ ok: true, body: "Success" });
    expect(await statusChanges(ticket.id)).toHaveLength(1);
  });

  test("does not set the severity twice", async () => {
    const { ticket } = freshTicket(bridge.sandbox.world);
    const change = { ticket_id: ticket.id, severity: 2, reason: "edge offline" };
    const { second } = await askTwice(changeTicketSeverity, change);
    expect(second).toMatchObject({ ok: true, body: { Result: true } });
    expect(ticket.history.filter(({ event }) => event.startsWith("Severity"))).toHaveLength(1);
  });

  test("finds the notes and does not double them", async () => {
    const { asset, ticket, detail } = freshTicket(bridge.sandbox.world);
    const notes = [
      { text: "by number", service_number: asset.serviceNumber },
      { text: "by detail", detail_id: detail.id, is_private: true },
    ];
    const { second } = await askTwice(appendTicketNotes, { ticket_id: ticket.id, notes });
    expect(second).toMatchObject({ ok: true, body: [{ noteValue: "by number" }, { noteType: "CON" }] });
    expect(ticket.notes.map(({ text }) => text)).toEqual(["by number", "by detail"]);
  });

  test("finds the plain ticket, which Bruin would open again and again", async () => {
    const { customer, serviceNumber } = freshAsset(bridge.sandbox.world);
    const { second } = await askTwice(createTicket, {
      clientId: customer.id,
      category: "VAS",
      services: [{ serviceNumber }],
      contacts: [{ email: "ops@example.net", type: "ticket" }],
    });
    const opened = bridge.sandbox.world.desk
      .tickets()
      .filter(({ details }) => details[0]?.asset.serviceNumber === serviceNumber);
    expect(second).toMatchObject({ ok: true, body: { ticketIds: opened.map(({ id }) => id) } });
    expect(opened).toHaveLength(1);
  });

  test.each([
    ["finds the detail in its queue", "HNOC Investigate"],
    ["finds the result in the ticket's history", "No Trouble Found - Carrier Issue"],
  ])("%s", async (_, queue_name) => {
    const { asset, ticket } = freshTicket(bridge.sandbox.world);
    const move = { ticket_id: ticket.id, service_number: asset.serviceNumber, queue_name };
    const { second } = await askTwice(changeTicketWork, move);
    expect(second).toMatchObject({ ok: true, body: { message: "success" } });
    expect(ticket.history.filter(({ taskResult }) => taskResult === queue_name)).toHaveLength(1);
  });

  test("finds the ticket closed", async () => {
    const { ticket } = freshTicket(bridge.sandbox.world);
    const { second } = await askTwice(closeTicket, { ticket_id: ticket.id, close_note: "done" });
    expect(second).toMatchObject({ ok: true, body: "closed" });
  });

  test("takes a tag that is there for its own", async () => {
    const { emailCenter } = bridge.sandbox.world;
    const { id } = emailCenter.receive({ clientId: 90_001, from: "dana@acme-foods.example", subject: "x", body: "x" });
    const { second } = await askTwice(tagEmail, { email_id: id, tag_id: 3 });
    expect(second).toMatchObject({ ok: true, body: "" });
    expect([...emailCenter.email(id).tags]).toEqual([3]);
  });

  test("subscribes again, which changes nothing", async () => {
    const { ticket } = freshTicket(bridge.sandbox.world);
    const user_email = ticket.customer.contacts[0]?.email ?? "";
    const subscription = { ticket_id: ticket.id, user_email, subscription_type: "NotesAndMilestones" };
    const { second } = await askTwice(subscribeUser, subscription);
    expect(second).toMatchObject({ ok: true, body: "OK" });
    expect(ticket.subscribers).toHaveLength(1);
  });

  test("ends a pause again", async () => {
    const { ticket, detail } = freshTicket(bridge.sandbox.world);
    const { second } = await askTwice(unpauseTicketDetail, { ticket_id: ticket.id, detail_id: detail.id });
    expect(second).toMatchObject({ ok: true });
  });
});

test("what Bruin did not do the first time is done the second time", async () => {
  const { ticket } = freshTicket(bridge.sandbox.world);
  const note = { ticket_id: ticket.id, note: "at last" };
  const options = { idempotencyKey: crypto.randomUUID() };
  bridge.sandbox.faults.add({ system: "bruin", kind: "500", method: "POST", times: 1 });
  expect(await bridge.bus.request(appendTicketNote, note, options)).toMatchObject({ status: 500 });
  expect(await bridge.bus.request(appendTicketNote, note, options)).toMatchObject({ status: 200 });
  expect(ticket.notes.map(({ text }) => text)).toEqual(["at last"]);
});

test("a milestone e-mail that may have gone out is not sent again", async () => {
  const { asset, ticket } = freshTicket(bridge.sandbox.world);
  const milestone = {
    ticket_id: ticket.id,
    service_number: asset.serviceNumber,
    notification_type: "TicketBYOBOutageRepairReminder-E-Mail",
  };
  const options = { idempotencyKey: crypto.randomUUID() };
  bridge.sandbox.faults.add({ system: "bruin", kind: "hang-up", when: "after", path: "milestone", times: 1 });
  expect(await bridge.bus.request(sendMilestoneEmail, milestone, options)).toMatchObject({ status: 409 });
  expect(await bridge.bus.request(sendMilestoneEmail, milestone, options)).toMatchObject({ status: 409 });
  const mails = bridge.sandbox.world.messages.list("email");
  expect(mails.filter(({ subject }) => subject?.includes(String(ticket.id)))).toHaveLength(1);
});

test("an answer to a customer that may have gone out is not sent again", async () => {
  const { emailCenter, messages } = bridge.sandbox.world;
  const question = { from: "robin@acme-foods.example", subject: "Once", body: "x" };
  const { id } = emailCenter.receive({ clientId: 90_001, ...question });
  const answer = { parent_email_id: id, reply_body: "<p>hi</p>" };
  const options = { idempotencyKey: crypto.randomUUID() };
  bridge.sandbox.faults.add({ system: "bruin", kind: "hang-up", when: "after", path: "ReplyAll", times: 1 });
  expect(await bridge.bus.request(replyToEmail, answer, options)).toMatchObject({ status: 409 });
  expect(await bridge.bus.request(replyToEmail, answer, options)).toMatchObject({ status: 409 });
  expect(messages.list("email").filter(({ subject }) => subject === "Re: Once")).toHaveLength(1);
});

test("a bridge killed between Bruin's doing and its own answer leaves one note behind", async () => {
  const { bus, env, running, sandbox } = bridge;
  await running.stop();
  const { ticket } = freshTicket(sandbox.world);
  const note = { ticket_id: ticket.id, note: "written by one who died" };
  const options = { idempotencyKey: crypto.randomUUID() };
  sandbox.faults.add({ system: "bruin", kind: "stall", when: "after", path: "/notes", times: 1 });

  const victim = await startProcess(env);
  const lost = bus.request(appendTicketNote, note, { ...options, timeoutMs: 3_000 });
  await vi.waitFor(() => expect(ticket.notes).toHaveLength(1), { timeout: 5_000 });
  victim.kill("SIGKILL");
  expect(await lost).toMatchObject({ ok: false, status: 504 });

  const successor = await startProcess(env);
  expect(await bus.request(appendTicketNote, note, { ...options, timeoutMs: 30_000 })).toMatchObject({ status: 200 });
  expect(ticket.notes).toHaveLength(1);
  successor.kill("SIGTERM");
  expect(await once(successor, "exit")).toEqual([0, null]);
}, 60_000);

/** The calls that changed the status of a ticket's details. */
async function statusChanges(ticketId: number): Promise<unknown[]> {
  const response = await fetch(`${bridge.sandbox.console.url}/api/calls?system=bruin`);
  const calls = (await response.json()) as { method: string; path: string }[];
  return calls.filter(({ method, path }) => method === "PUT" && path.includes(`/${ticketId}/details/`));
}

/** The bridge as a process of its own, ready to work; it ends with the test. */
async function startProcess(env: Record<string, string>): Promise<ChildProcess> {
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  const child = spawn(process.execPath, [main], {
    env: { ...env, LOG_LEVEL: "info" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk) => String(chunk).includes('"msg":"ready"') && resolve());
  });
  return child;
}
