import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import {
  appendTicketNote,
  type BodyOf,
  changeTicketSeverity,
  createOutageTicket,
  openTicketDetail,
  type RequestContract,
  resolveTicketDetail,
  sendMilestoneEmail,
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
