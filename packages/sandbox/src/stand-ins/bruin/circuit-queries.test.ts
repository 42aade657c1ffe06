import { movableClock } from "@trunkline/clock";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox.ts";
import { type BruinClient, signInToBruin } from "../../testing/bruin-client.ts";
import { repairDesk } from "../../testing/repair-desk.ts";
import { thirdPartyClient } from "../../testing/third-party-client.ts";
import { circuitIdOf, phoneNumberOf } from "../../world/circuits.ts";
import type { Edge } from "../../world/model.ts";

const clock = movableClock(new Date("2026-07-01T02:30:00Z"));
let sandbox: Sandbox;
let bruin: BruinClient;
let desk: ReturnType<typeof repairDesk>;
let edge: Edge;

beforeAll(async () => {
  const settings = { bruinRateLimit: { perSecond: 1, burst: 40 } };
  sandbox = await startSandbox({ clock, fleet: { edges: 12 }, settings });
  bruin = await signInToBruin(thirdPartyClient(sandbox));
  desk = repairDesk(bruin, sandbox.world);
  edge = desk.edge();
});
afterAll(() => sandbox.stop());

it("a circuit is found by its carrier's name, an unknown one is no content", async () => {
  const [link] = edge.links;
  const circuitId = link === undefined ? "" : circuitIdOf(link);
  const found = { clientID: edge.customer.id, wtn: link?.serviceNumber };
  expect((await bruin.get(`/api/Inventory/circuit?CircuitId=${circuitId}`)).json()).toMatchObject(found);
  const ofClient = await bruin.get(`/api/Inventory/circuit?CircuitId=${circuitId}&ClientId=${edge.customer.id}`);
  expect(ofClient.json()).toMatchObject(found);
  for (const query of ["CircuitId=CKT-0", `CircuitId=${circuitId}&ClientId=1`, "ClientId=1"]) {
    expect(await bruin.get(`/api/Inventory/circuit?${query}`)).toMatchObject({ status: 204, text: "" });
  }
});

it("a client is found by the number that callers dial", async () => {
  const number = encodeURIComponent(phoneNumberOf(edge.site));
  const path = `/api/Inventory/phoneNumber/Lines?phoneNumber=${number}`;
  const answer = await bruin.get(`${path}&phoneNumberType=DID`);
  expect(answer.json()).toMatchObject({ clientId: edge.customer.id, clientName: edge.customer.name });
  expect((await bruin.get(`${path}&phoneNumberType=FAX`)).status).toBe(400);
  expect((await bruin.get("/api/Inventory/phoneNumber/Lines?phoneNumber=1&phoneNumberType=DID")).status).toBe(400);
});

it("an asset's topics are known, those of somebody else's are not", async () => {
  const answer = await bruin.get(`/api/Ticket/topics?ClientId=${edge.customer.id}&ServiceNumber=${edge.serial}`);
  expect(answer.json<{ callTypes: { category: string }[] }>().callTypes.map(({ category }) => category)).toEqual([
    "VOO",
    "VAS",
  ]);
  expect((await bruin.get(`/api/Ticket/topics?ClientId=1&ServiceNumber=${edge.serial}`)).status).toBe(400);
});

it("details of interfaces are told by the second version of the API alone", async () => {
  const [item] = await desk.repair(edge, ["GE1"]);
  const ticketId = item?.ticketId ?? 0;
  const path = `/api/Ticket/${ticketId}/details/${await desk.detailId(ticketId, edge.serial)}/detailids?interfaces=GE1,GE2`;
  const line = edge.links.find((link) => link.interface === "GE1")?.serviceNumber ?? "";
  const answer = await bruin.get(path, { "api-version": "2.0" });
  expect(answer.json()).toEqual([await desk.detailId(ticketId, line)]);
  expect((await bruin.get(path)).status).toBe(404);
});

it("a user of the client is subscribed to a ticket once, nobody else is", async () => {
  const [item] = await desk.repair(desk.edge());
  const ticketId = item?.ticketId ?? 0;
  const ticket = sandbox.world.desk.ticket(ticketId);
  const subscribe = (email: string | undefined) =>
    bruin.post(`/api/Ticket/${ticketId}/subscribeUser`, { subscriptionType: "NotesAndMilestones", user: { email } });
  const email = ticket.customer.contacts[0]?.email;
  for (const _ of [1, 2]) expect((await subscribe(email)).json()).toBe("OK");
  expect(ticket.subscribers).toEqual([{ email, type: "NotesAndMilestones" }]);
  expect((await subscribe("somebody@example.com")).status).toBe(403);
  expect((await subscribe("nobody")).status).toBe(400);
});

it("who asks too fast has to wait", async () => {
  const path = "/api/Ticket/Contacts?ClientId=90001";
  const answers = await Promise.all(Array.from({ length: 41 }, () => bruin.get(path)));
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.json()).toMatchObject({ message: "Too many requests.", code: 429 });
  expect(refused?.headers["retry-after"]).toBe("1");
  clock.advance(60_000);
  expect((await bruin.get(path)).status).toBe(200);
});
