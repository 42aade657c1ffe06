import { movableClock } from "@trunkline/clock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox.ts";
import {
  type BruinClient,
  bruinBasic,
  bruinHost,
  bruinIdentityHost,
  signInToBruin,
} from "../../testing/bruin-client.ts";
import { repairDesk } from "../../testing/repair-desk.ts";
import { type ThirdPartyClient, thirdPartyClient } from "../../testing/third-party-client.ts";
import type { Edge } from "../../world/model.ts";

describe("Bruin's API", () => {
  const clock = movableClock(new Date("2026-07-01T02:30:00Z"));
  let sandbox: Sandbox;
  let call: ThirdPartyClient;
  let bruin: BruinClient;
  let desk: ReturnType<typeof repairDesk>;

  beforeAll(async () => {
    sandbox = await startSandbox({ clock, fleet: { edges: 60 }, settings: { bruinTokenSeconds: 600 } });
    call = thirdPartyClient(sandbox);
    bruin = await signInToBruin(call);
    desk = repairDesk(bruin, sandbox.world);
  });
  afterAll(() => sandbox.stop());

  const ticketFor = async (edge: Edge) => (await desk.repair(edge))[0]?.ticketId ?? 0;

  describe("tokens", () => {
    const form = { grant_type: "client_credentials", scope: "public_api" };
    const path = "/identity/connect/token";

    it("are given for client credentials, with the time they last", async () => {
      const answer = await call(bruinIdentityHost, { path, form, headers: { authorization: bruinBasic } });
      expect(answer.json()).toEqual({
        access_token: expect.any(String),
        expires_in: 600,
        token_type: "Bearer",
        scope: "public_api",
      });
    });

    it.each([
      ["wrong credentials", form, "Basic d3Jvbmc6d3Jvbmc=", "invalid_client"],
      ["another grant", { ...form, grant_type: "password" }, bruinBasic, "unsupported_grant_type"],
      ["another scope", { ...form, scope: "everything" }, bruinBasic, "invalid_scope"],
    ])("are not given for %s", async (_, body, authorization, error) => {
      const answer = await call(bruinIdentityHost, { path, form: body, headers: { authorization } });
      expect([answer.status, answer.json()]).toEqual([400, { error }]);
    });

    it("are needed for every call, and expire", async () => {
      const unauthorised = await call(bruinHost, { path: "/api/Ticket/basic" });
      expect([unauthorised.status, unauthorised.json<{ code: number }>().code]).toEqual([401, 401]);
      const shortLived = await signInToBruin(call);
      clock.advance(600_000);
      expect((await shortLived.get("/api/Ticket/basic")).status).toBe(401);
      bruin = await signInToBruin(call);
      desk = repairDesk(bruin, sandbox.world);
      expect((await bruin.get("/api/Ticket/basic")).status).toBe(200);
    });

    it("are forgotten on demand", async () => {
      const victim = await signInToBruin(call);
      sandbox.faults.add({ system: "bruin", kind: "expired-session", times: 1, path: "/api/Site" });
      expect((await victim.get("/api/Site?ClientId=90001")).status).toBe(401);
      bruin = await signInToBruin(call);
      desk = repairDesk(bruin, sandbox.world);
    });
  });

  describe("ticket lists", () => {
    it("come in pages, newest first, with a total that the page does not change", async () => {
      const ids = [];
      for (const _ of [1, 2, 3]) ids.unshift(await ticketFor(desk.edge()));
      const page = async (number: number) =>
        (await bruin.get(`/api/Ticket/basic?TicketTopic=VOO&TicketStatus=New&PageSize=2&PageNumber=${number}`)).json<{
          total: number;
          start: number;
          currentPageSize: number;
          responses: { ticketID: number }[];
        }>();
      const [first, second, third] = [await page(1), await page(2), await page(3)];
      expect(
        [first, second, third].map(({ total, start, currentPageSize }) => [total, start, currentPageSize]),
      ).toEqual([
        [3, 0, 2],
        [3, 2, 1],
        [3, 4, 0],
      ]);
      expect([...first.responses, ...second.responses].map(({ ticketID }) => ticketID)).toEqual(ids);
    });

    it("are narrowed by every filter, several statuses at once", async () => {
      const edge = desk.edge();
      const ticketId = await ticketFor(edge);
      await bruin.post(`/api/Ticket/${ticketId}/notes`, { note: "working" });
      const found = async (query: string) => {
        const answer = await bruin.get(`/api/Ticket/basic?ServiceNumber=${edge.serial}&${query}`);
        return answer.json<{ responses: { ticketID: number }[] }>().responses.length;
      };
      expect(await found("TicketStatus=New&TicketStatus=InProgress&TicketStatus=Draft")).toBe(1);
      expect(await found("TicketStatus=New")).toBe(0);
      expect(await found("TicketStatus=Resolved")).toBe(0);
      expect(await found(`ClientId=${edge.customer.id}&ProductCategory=SD-WAN&TicketTopic=VOO`)).toBe(1);
      expect(await found("ClientId=1")).toBe(0);
      expect(await found("ProductCategory=POTS")).toBe(0);
      expect(await found(`SiteId=${edge.site.id}`)).toBe(1);
      expect(await found("StartDate=2026-06-01T00:00:00Z&EndDate=2026-08-01T00:00:00Z")).toBe(1);
      expect(await found("StartDate=2026-08-01T00:00:00Z")).toBe(0);
    });

    it("have a long form with text severities", async () => {
      const edge = desk.edge();
      const ticketId = await ticketFor(edge);
      const answer = await bruin.get(`/api/Ticket?TicketId=${ticketId}`);
      expect(answer.json()).toMatchObject({
        responses: [{ ticketID: ticketId, clientName: edge.customer.name, topic: "VOO", severity: "4" }],
      });
    });

    it.each(["PageSize=many", "PageNumber=0", "StartDate=soon"])("refuse %s", async (query) => {
      await ticketFor(desk.edge());
      const answer = await bruin.get(`/api/Ticket/basic?${query}`);
      expect(answer.json()).toMatchObject({ type: "ApiValidationException", code: 400 });
    });
  });

  describe("notes", () => {
    it("keep their text, their lines and the time of the east coast", async () => {
      const edge = desk.edge();
      const ticketId = await ticketFor(edge);
      const note = "#*MetTel's IPA*#\nTriage (VeloCloud)\n";
      await bruin.post(`/api/Ticket/${ticketId}/notes`, { note, serviceNumbers: [edge.serial] });
      await bruin.post(`/api/Ticket/${ticketId}/notes`, { note: "for all" });
      const { ticketNotes } = await desk.details(ticketId);
      expect(ticketNotes).toMatchObject([
        {
          noteValue: note,
          serviceNumber: [edge.serial],
          createdDate: expect.stringMatching(/^2026-06-30T22:.*-04:00$/),
        },
        { noteValue: "for all", serviceNumber: null },
      ]);
      const elapsed = new Date(ticketNotes[0]?.createdDate ?? 0).getTime() - clock.now().getTime();
      expect(elapsed).toBe(0);
    });

    it("can be several at once, or none when one of them names an unknown line", async () => {
      const edge = desk.edge();
      const ticketId = await ticketFor(edge);
      const path = `/api/Ticket/${ticketId}/notes/advanced`;
      const good = { noteValue: "hello", noteType: "CON", serviceNumber: edge.serial };
      const bad = { noteValue: "hello", noteType: "ADN", serviceNumber: "LN.1" };
      expect((await bruin.post(path, { notes: [good, bad] })).status).toBe(404);
      expect((await desk.details(ticketId)).ticketNotes).toEqual([]);
      const answer = await bruin.post(path, { notes: [good] });
      expect(answer.json()).toMatchObject({
        ticketNotes: [{ noteType: "CON", noteValue: "hello", detailID: await desk.detailId(ticketId, edge.serial) }],
      });
    });

    it.each([
      ["an empty note", { note: "" }],
      ["no note", {}],
      ["service numbers that are no list", { note: "x", serviceNumbers: "VC1" }],
    ])("refuse %s", async (_, body) => {
      const ticketId = await ticketFor(desk.edge());
      expect((await bruin.post(`/api/Ticket/${ticketId}/notes`, body)).status).toBe(400);
    });
  });

  describe("inventory, sites and contacts", () => {
    it("find the client and site of service numbers", async () => {
      const [one, other] = [desk.edge(), desk.edge()];
      const answer = await bruin.get(
        `/api/Inventory?ServiceNumber=${one.serial}&ServiceNumber=${other.serial}&ServiceNumber=X`,
      );
      expect(answer.json<{ documents: object[] }>().documents).toMatchObject([
        { serviceNumber: one.serial, clientID: one.customer.id, siteId: one.site.id, status: "A" },
        { serviceNumber: other.serial, clientID: other.customer.id, siteId: other.site.id, status: "A" },
      ]);
      const closed = await bruin.get(`/api/Inventory?ServiceNumber=${one.serial}&Status=D`);
      expect(closed.json()).toEqual({ documents: [] });
    });

    it("tell the management status and the lines of an edge", async () => {
      const edge = desk.edge();
      const query = `ClientId=${edge.customer.id}&Status=A&ServiceNumber=${edge.serial}`;
      const answer = await bruin.get(`/api/Inventory/Attribute?${query}`);
      const { attributes } = answer.json<{ attributes: { key: string; value: string }[] }>();
      const values = Object.fromEntries(attributes.map(({ key, value }) => [key, value]));
      expect(values["Management Status"]).toMatch(/^Active – (Gold|Platinum) Monitoring$/);
      expect(values["GE1 Service Number"]).toBe(edge.links[0]?.serviceNumber);
      expect(values["GE1 Access Type"]).toBe(edge.links[0]?.accessType);
    });

    it("know the standby of a pair as an asset of its own", async () => {
      const pair = sandbox.world.network.fleet.edges.find(({ haSerial }) => haSerial !== null);
      const answer = await bruin.get(`/api/Inventory?ServiceNumber=${pair?.haSerial}`);
      expect(answer.json()).toMatchObject({ documents: [{ siteId: pair?.site.id }] });
    });

    it("describe a site with its zone, and nothing for a site of somebody else", async () => {
      const { site, customer } = desk.edge();
      const answer = await bruin.get(`/api/Site?ClientId=${customer.id}&SiteId=${site.id}`);
      expect(answer.json()).toMatchObject({
        documents: [{ siteID: String(site.id), timeZone: site.timeZone, primaryContactEmail: site.contact.email }],
      });
      expect((await bruin.get(`/api/Site?ClientId=1&SiteId=${site.id}`)).json()).toEqual({ documents: [] });
    });

    it("list a client's contacts, the main one first", async () => {
      const answer = await bruin.get("/api/Ticket/Contacts?ClientId=90001");
      expect(answer.json<{ results: object[] }>().results).toMatchObject([
        { firstName: "Dana", lastName: "Whitfield", email: "dana.whitfield@acme-foods.example" },
        { firstName: "Robin", phone: null },
      ]);
      expect((await bruin.get("/api/Ticket/Contacts?ClientId=1")).json()).toEqual({ results: [] });
    });
  });

  it("mails its milestones to the contact of the ticket's site", async () => {
    const edge = desk.edge();
    const ticketId = await ticketFor(edge);
    const body = {
      TicketId: ticketId,
      NotificationType: "TicketBYOBOutageRepairReminder-E-Mail",
      Detail: { ServiceNumber: edge.serial },
    };
    const answer = await bruin.post("/api/Notification/email/milestone", body);
    expect(answer.json()).toEqual({ eventId: expect.any(Number), jobId: expect.any(Number) });
    expect(sandbox.world.messages.list("email").at(-1)).toMatchObject({
      to: edge.site.contact.email,
      subject: expect.stringContaining(`ticket ${ticketId}`),
    });
    const unknown = await bruin.post("/api/Notification/email/milestone", { ...body, NotificationType: "Spam" });
    expect(unknown.status).toBe(400);
  });

  it.each([
    ["GET", "/api/Ticket/1/details"],
    ["GET", "/api/Nothing"],
  ])("answers 404 in its own words to %s %s", async (_, path) => {
    const answer = await bruin.get(path);
    expect([answer.status, answer.json<{ code: number }>().code]).toEqual([404, 404]);
  });

  it("refuses a body that is no JSON", async () => {
    const ticketId = await ticketFor(desk.edge());
    const token = await call(bruinIdentityHost, {
      path: "/identity/connect/token",
      form: { grant_type: "client_credentials", scope: "public_api" },
      headers: { authorization: bruinBasic },
    });
    const authorization = `Bearer ${token.json<{ access_token: string }>().access_token}`;
    const path = `/api/Ticket/${ticketId}/notes`;
    const answer = await call(bruinHost, { method: "POST", path, raw: "{note", headers: { authorization } });
    expect(answer.json()).toMatchObject({ code: 400, message: "The request is no valid JSON." });
  });
});
