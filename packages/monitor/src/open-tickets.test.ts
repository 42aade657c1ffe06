import { ticketDetails } from "@trunkline/contracts";
import { type Answer, acmeTicket, HOST, Refused, ROBOT, talkingBus } from "@trunkline/testkit";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { byServiceNumber, openTickets } from "./open-tickets.ts";
import { createTroubles } from "./troubles.ts";

const LIST = "bruin.ticket.basic.request";
const DETAILS = "bruin.ticket.details.request";

function row(ticketID: number, fields: { clientID?: number | null; createdBy?: string } = {}) {
  return acmeTicket({ ticketID, ...fields });
}

/** Every ticket has one detail, `VC` and the ticket's number, unless the answers say otherwise. */
function read(answers: Record<string, Answer>) {
  const defaults: Record<string, Answer> = {
    [DETAILS]: ({ ticket_id }) =>
      ticketDetails.parse({ ticketDetails: [{ detailID: 1, detailValue: `VC${ticket_id}` }] }),
  };
  const desk = talkingBus({ ...defaults, ...answers });
  const troubles = createTroubles({ prefix: "test", logger: pino({ level: "silent" }) });
  return {
    ...desk,
    tickets: openTickets(HOST, { bus: desk.bus, productCategory: "SD-WAN", openedBy: ROBOT, troubles }),
  };
}

const acme = new Set([501]);

describe("open tickets", () => {
  it("are listed once and read once each, whoever asks", async () => {
    const { tickets, subjects } = read({ [LIST]: () => [row(1), row(2), row(3, { clientID: 502 })] });
    const [found] = await Promise.all([tickets.ofClients(acme), tickets.ofClients(acme)]);
    expect([...byServiceNumber(found).keys()]).toEqual(["VC1", "VC2"]);
    const ofBoth = await tickets.ofClients(new Set([501, 502]));
    expect(ofBoth.map(({ ticket }) => ticket.ticketID)).toEqual([1, 2, 3]);
    expect(subjects).toEqual([LIST, DETAILS, DETAILS, DETAILS]);
  });

  it.each([
    ["by somebody else", row(1, { createdBy: "Jane" })],
    ["of another client", row(1, { clientID: 502 })],
    ["of no client", row(1, { clientID: null })],
  ])("opened %s are not read", async (_, other) => {
    const { tickets, subjects } = read({ [LIST]: () => [other] });
    expect(await tickets.ofClients(acme)).toEqual([]);
    expect(subjects).toEqual([LIST]);
  });

  it("with the same service number: the first listed counts", async () => {
    const same = ticketDetails.parse({ ticketDetails: [{ detailID: 1, detailValue: "VC100" }] });
    const { tickets } = read({ [LIST]: () => [row(2), row(1)], [DETAILS]: () => same });
    expect(byServiceNumber(await tickets.ofClients(acme)).get("VC100")?.ticket.ticketID).toBe(2);
  });

  it("that cannot be read do not hide the others, and are told of once", async () => {
    const { tickets, messages } = read({
      [LIST]: () => [row(1), row(2), row(3)],
      [DETAILS]: ({ ticket_id }) =>
        ticket_id === 3
          ? ticketDetails.parse({ ticketDetails: [{ detailID: 1, detailValue: "VC3" }] })
          : new Refused(404),
    });
    expect([...byServiceNumber(await tickets.ofClients(acme)).keys()]).toEqual(["VC3"]);
    expect(messages).toEqual([expect.stringContaining("cannot be read: `bruin.ticket.details.request`")]);
  });

  it("that cannot be listed fail for all who ask", async () => {
    const { tickets, messages } = read({ [LIST]: () => new Refused(503) });
    await expect(tickets.ofClients(acme)).rejects.toThrow("status 503");
    await expect(tickets.ofClients(acme)).rejects.toThrow("status 503");
    expect(messages).toHaveLength(1);
  });

  it("are read five at a time", async () => {
    let atOnce = 0;
    let most = 0;
    const { tickets } = read({
      [LIST]: () => Array.from({ length: 20 }, (_, index) => row(index + 1)),
      [DETAILS]: async () => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await new Promise(setImmediate);
        atOnce -= 1;
        return ticketDetails.parse({});
      },
    });
    await tickets.ofClients(acme);
    expect(most).toBe(5);
  });
});
