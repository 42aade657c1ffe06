import { movableClock } from "@trunkline/clock";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox.ts";
import { type BruinClient, signInToBruin } from "../../testing/bruin-client.ts";
import { type RepairItem, repairDesk } from "../../testing/repair-desk.ts";
import { thirdPartyClient } from "../../testing/third-party-client.ts";
import type { Edge } from "../../world/model.ts";

const DAY = 86_400_000;

describe("what happens to a ticket", () => {
  const clock = movableClock(new Date("2026-03-01T12:00:00Z"));
  let sandbox: Sandbox;
  let bruin: BruinClient;
  let desk: ReturnType<typeof repairDesk>;
  let edge: Edge;

  beforeAll(async () => {
    const settings = { bruinTokenSeconds: 100 * 86_400 };
    sandbox = await startSandbox({ clock, fleet: { edges: 150 }, settings });
    bruin = await signInToBruin(thirdPartyClient(sandbox));
    desk = repairDesk(bruin, sandbox.world);
  });
  beforeEach(() => {
    edge = desk.edge();
    clock.advance(60_000);
  });
  afterAll(() => sandbox.stop());

  const line = (name: string, of = edge) => of.links.find((link) => link.interface === name)?.serviceNumber ?? "";
  const codes = (items: readonly RepairItem[]) => items.map(({ wtn, errorCode }) => [wtn, errorCode]);
  /** A ticket for the edge and its GE1, resolved. */
  async function resolvedTicket(): Promise<number> {
    const [item] = await desk.repair(edge, ["GE1"]);
    const ticketId = item?.ticketId ?? 0;
    await desk.resolve(ticketId, edge.serial, ["GE1"]);
    expect((await desk.basic(ticketId)).ticketStatus).toBe("Resolved");
    return ticketId;
  }

  describe("when an outage is reported", () => {
    it("no ticket yet: a new one, a detail for the edge and one for each line, code null", async () => {
      const items = await desk.repair(edge, ["GE1", "GE2"]);
      const ticketId = items[0]?.ticketId ?? 0;
      expect(codes(items)).toEqual([
        [edge.serial, null],
        [line("GE1"), null],
        [line("GE2"), null],
      ]);
      expect(items.every((item) => item.ticketId === ticketId && item.errorMessage === null)).toBe(true);
      expect(await desk.basic(ticketId)).toMatchObject({
        ticketStatus: "New",
        createdBy: "Trunkline Automation",
        category: "VOO",
        severity: 4,
        createDate: expect.stringMatching(/^3\/1\/2026 12:\d\d:00 PM$/),
      });
      const { ticketDetails, ticketNotes } = await desk.details(ticketId);
      expect(ticketDetails.map(({ detailStatus }) => detailStatus)).toEqual(["I", "I", "I"]);
      expect(ticketNotes).toEqual([]);
    });

    it("an open ticket has the asset: 409, and nothing is added", async () => {
      const [first] = await desk.repair(edge, ["GE1"]);
      const again = await desk.repair(edge, ["GE1"]);
      expect(codes(again)).toEqual([
        [edge.serial, 409],
        [line("GE1"), 409],
      ]);
      expect(again[0]?.ticketId).toBe(first?.ticketId);
      expect(again[0]?.errorMessage).toContain("Warning: Ticket already exists. We'll add an additional line");
      expect(again[0]?.errorMessage).toContain("Failed to add additional line: The item already exists in");
      expect((await desk.details(first?.ticketId ?? 0)).ticketDetails).toHaveLength(2);
    });

    it("an open ticket has the edge but not the line: the line is added with code 0", async () => {
      const [first] = await desk.repair(edge, ["GE1"]);
      const again = await desk.repair(edge, ["GE2"]);
      expect(codes(again)).toEqual([
        [edge.serial, 409],
        [line("GE2"), 0],
      ]);
      expect(again[1]?.errorMessage).toBe("Warning: Ticket already exists. We'll add an additional line.");
      const { ticketDetails } = await desk.details(first?.ticketId ?? 0);
      expect(ticketDetails.map(({ detailValue }) => detailValue)).toEqual([edge.serial, line("GE1"), line("GE2")]);
    });

    it("an open ticket of the same site: the asset becomes a line of it, 409", async () => {
      const [one, other] = desk.neighbours();
      const [first] = await desk.repair(one);
      const [second] = await desk.repair(other);
      expect(second).toMatchObject({ ticketId: first?.ticketId, errorCode: 409 });
      expect(second?.errorMessage).not.toContain("Failed to add additional line");
      expect((await desk.details(first?.ticketId ?? 0)).ticketDetails.map(({ detailValue }) => detailValue)).toEqual([
        one.serial,
        other.serial,
      ]);
    });

    it("two assets of one site at once: one new ticket, code null for both", async () => {
      const [one, other] = desk.neighbours();
      const items = await desk.repair(one, [], [one.serial, other.serial]);
      expect(codes(items)).toEqual([
        [one.serial, null],
        [other.serial, null],
      ]);
      expect(new Set(items.map(({ ticketId }) => ticketId)).size).toBe(1);
    });

    it("a resolved ticket has the asset: ticket and detail are taken up again, 472", async () => {
      const ticketId = await resolvedTicket();
      const items = await desk.repair(edge, ["GE1"]);
      expect(codes(items)).toEqual([
        [edge.serial, 472],
        [line("GE1"), 472],
      ]);
      const id = await desk.detailId(ticketId, edge.serial);
      expect(items[0]?.errorMessage).toBe(
        `Warning: We unresolved this line (detailId[${id}]) as well as its ticket[${ticketId}].`,
      );
      expect((await desk.basic(ticketId)).ticketStatus).toBe("In-Progress");
      const { ticketDetails } = await desk.details(ticketId);
      expect(ticketDetails.map(({ detailStatus }) => detailStatus)).toEqual(["I", "I"]);
    });

    it("a resolved ticket has the edge but not the line: the line is new in it, 473", async () => {
      await resolvedTicket();
      expect(codes(await desk.repair(edge, ["GE2"]))).toEqual([
        [edge.serial, 472],
        [line("GE2"), 473],
      ]);
    });

    it("a resolved ticket that Bruin may not re-open: 471, and it stays resolved", async () => {
      const ticketId = await resolvedTicket();
      sandbox.world.desk.setLocked(sandbox.world.desk.ticket(ticketId), true);
      const items = await desk.repair(edge, ["GE1"]);
      expect(codes(items)).toEqual([
        [edge.serial, 471],
        [line("GE1"), 471],
      ]);
      expect(items[0]).toMatchObject({ ticketId, errorMessage: "Ticket is resolved. Please unresolve it first." });
      expect((await desk.basic(ticketId)).ticketStatus).toBe("Resolved");
    });

    it("a resolved ticket of the same site: taken up again with a new detail, 473", async () => {
      const [one, other] = desk.neighbours();
      const [first] = await desk.repair(one);
      const ticketId = first?.ticketId ?? 0;
      await desk.resolve(ticketId, one.serial);
      const [item] = await desk.repair(other);
      expect(item).toMatchObject({ ticketId, wtn: other.serial, errorCode: 473 });
      expect((await desk.basic(ticketId)).ticketStatus).toBe("In-Progress");
      const { ticketDetails } = await desk.details(ticketId);
      expect(ticketDetails.map(({ detailStatus }) => detailStatus)).toEqual(["R", "I"]);
    });

    it("a detail that was resolved while its ticket is open: taken up again, 472", async () => {
      const [item] = await desk.repair(edge, ["GE1"]);
      await desk.resolve(item?.ticketId ?? 0, edge.serial);
      expect(codes(await desk.repair(edge))).toEqual([[edge.serial, 472]]);
    });

    it("closed tickets are history: a new one", async () => {
      const ticketId = await resolvedTicket();
      await bruin.put(`/api/Ticket/${ticketId}/close`, { CloseNote: "done" });
      const [item] = await desk.repair(edge);
      expect(item?.errorCode).toBeNull();
      expect(item?.ticketId).toBeGreaterThan(ticketId);
    });

    it("resolved for three days: Bruin has closed it, a new one", async () => {
      const ticketId = await resolvedTicket();
      clock.advance(3 * DAY);
      const [item] = await desk.repair(edge);
      expect(item?.errorCode).toBeNull();
      expect((await desk.basic(ticketId)).ticketStatus).toBe("Closed");
    });

    it.each([
      ["an unknown service number", { WTNs: ["VC00000000"] }, "ValidationException"],
      ["no service number", { WTNs: [] }, "ApiValidationException"],
      ["a client that is no number", { ClientID: "Acme", WTNs: ["VC1"] }, "ApiValidationException"],
    ])("refuses %s with Bruin's error object", async (_, body, type) => {
      const answer = await desk.repairRaw(edge, body);
      expect(answer.status).toBe(400);
      expect(answer.json()).toEqual({ message: expect.any(String), messageDetail: null, data: null, type, code: 400 });
    });

    it("takes the client's number as a text too", async () => {
      const answer = await desk.repairRaw(edge, { ClientID: String(edge.customer.id), WTNs: [edge.serial] });
      expect(answer.json()).toMatchObject({ items: [{ errorCode: null }] });
    });
  });

  describe("when it is worked on", () => {
    it("the last detail that is resolved resolves the ticket, interfaces with their edge", async () => {
      const [item] = await desk.repair(edge, ["GE1", "GE2"]);
      const ticketId = item?.ticketId ?? 0;
      expect((await desk.resolve(ticketId, edge.serial, ["GE1"])).json()).toBe("Success");
      expect((await desk.basic(ticketId)).ticketStatus).toBe("In-Progress");
      const { ticketDetails } = await desk.details(ticketId);
      expect(ticketDetails.map(({ detailStatus }) => detailStatus)).toEqual(["R", "R", "I"]);
      await desk.resolve(ticketId, line("GE2"));
      expect((await desk.basic(ticketId)).ticketStatus).toBe("Resolved");
    });

    it("taking a resolved detail up again leaves Bruin's own note", async () => {
      const ticketId = await resolvedTicket();
      expect((await desk.unresolve(ticketId, edge.serial)).status).toBe(200);
      expect((await desk.basic(ticketId)).ticketStatus).toBe("In-Progress");
      const { ticketDetails, ticketNotes } = await desk.details(ticketId);
      expect(ticketDetails.map(({ detailStatus }) => detailStatus)).toEqual(["I", "R"]);
      expect(ticketNotes).toMatchObject([
        { noteValue: "Unresolve Action: Intake", serviceNumber: [edge.serial], creator: "Bruin System" },
      ]);
      await desk.unresolve(ticketId, edge.serial);
      expect((await desk.details(ticketId)).ticketNotes).toHaveLength(1);
    });

    it("a paused detail cannot be resolved until it is unpaused", async () => {
      const [item] = await desk.repair(edge);
      const ticketId = item?.ticketId ?? 0;
      const id = await desk.detailId(ticketId, edge.serial);
      const ticket = sandbox.world.desk.ticket(ticketId);
      sandbox.world.desk.setPaused(sandbox.world.desk.detail(ticket, { detailId: id }), true);
      expect((await desk.resolve(ticketId, edge.serial)).json()).toMatchObject({
        type: "ValidationException",
        code: 400,
      });
      const path = `/api/Ticket/${ticketId}/detail/unpause`;
      expect((await bruin.post(path, { serviceNumber: edge.serial, DetailId: id })).json()).toBe("Success");
      expect((await desk.resolve(ticketId, edge.serial)).status).toBe(200);
    });

    it("work goes where its result leads, and other results follow", async () => {
      const [item] = await desk.repair(edge);
      const ticketId = item?.ticketId ?? 0;
      const next = async () =>
        (await bruin.get(`/api/Ticket/${ticketId}/nextresult?ServiceNumber=${edge.serial}`)).json<{
          currentTaskName: string;
          nextResults: { resultTypeId: number; resultName: string }[];
        }>();
      const before = await next();
      expect(before.currentTaskName).toBe("Intake");
      const hnoc = before.nextResults.find(({ resultName }) => resultName === "HNOC Investigate");
      const body = { details: [{ serviceNumber: edge.serial }], notes: [], resultTypeId: String(hnoc?.resultTypeId) };
      expect((await bruin.put(`/api/Ticket/${ticketId}/details/work`, body)).json()).toEqual({ message: "success" });
      const after = await next();
      expect(after.currentTaskName).toBe("HNOC Investigate");
      expect(after.nextResults.map(({ resultName }) => resultName)).not.toContain("HNOC Investigate");
      expect((await desk.details(ticketId)).ticketDetails[0]?.currentTaskName).toBe("HNOC Investigate");
    });

    it("severity changes, and counts as work", async () => {
      const [item] = await desk.repair(edge);
      const ticketId = item?.ticketId ?? 0;
      const path = `/api/Ticket/${ticketId}/severity`;
      expect((await bruin.put(path, { Severity: 2, Reason: "offline" })).json()).toEqual({
        TicketId: ticketId,
        Result: true,
      });
      expect(await desk.basic(ticketId)).toMatchObject({ severity: 2, ticketStatus: "In-Progress" });
      expect((await bruin.put(path, { Severity: 7, Reason: "offline" })).status).toBe(400);
    });

    it("closing closes its details, and nothing moves afterwards", async () => {
      const [item] = await desk.repair(edge);
      const ticketId = item?.ticketId ?? 0;
      const path = `/api/Ticket/${ticketId}/close`;
      expect((await bruin.put(path, { CloseNote: "byob" })).json()).toBe("closed");
      expect((await desk.basic(ticketId)).ticketStatus).toBe("Closed");
      expect((await desk.details(ticketId)).ticketDetails[0]?.detailStatus).toBe("C");
      expect((await bruin.put(path, { CloseNote: "again" })).status).toBe(400);
      expect((await desk.unresolve(ticketId, edge.serial)).status).toBe(400);
    });

    it("a plain ticket is new and not looked for: each call makes one", async () => {
      const body = {
        clientId: edge.customer.id,
        category: "VAS",
        services: [{ serviceNumber: edge.serial }],
        contacts: [{ email: "ops@acme-foods.example", name: "Ops", type: "ticket" }],
      };
      const [one, other] = [await bruin.post("/api/Ticket/", body), await bruin.post("/api/Ticket/", body)];
      const ids = [one, other].flatMap((answer) => answer.json<{ ticketIds: number[] }>().ticketIds);
      expect(new Set(ids).size).toBe(2);
      expect(await desk.basic(ids[0] ?? 0)).toMatchObject({ ticketStatus: "New", category: "VAS" });
      // A ticket about quality does not cover an outage.
      expect(codes(await desk.repair(edge))).toEqual([[edge.serial, null]]);
    });

    it("its history tells it all", async () => {
      const [item] = await desk.repair(edge);
      const ticketId = item?.ticketId ?? 0;
      await bruin.post(`/api/Ticket/${ticketId}/notes`, { note: "looked at it", serviceNumbers: [edge.serial] });
      await desk.resolve(ticketId, edge.serial);
      const answer = await bruin.get(`/api/Ticket/AITicketData?ticketId=${ticketId}`);
      const { result } = answer.json<{ result: Record<string, unknown>[] }>();
      expect(result).toHaveLength(4);
      expect(result[1]).toMatchObject({
        CallTicketID: ticketId,
        Asset: edge.serial,
        Notes: "looked at it",
        NoteType: "ADN",
        "Note Entered By": "Trunkline Automation",
        "Ticket Status": "Resolved",
      });
    });
  });
});
