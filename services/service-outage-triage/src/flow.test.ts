import { type HandlerReply, ok, refuse } from "@trunkline/bus";
import { movableClock } from "@trunkline/clock";
import { edgeEvent, slackNotification, type TicketNote } from "@trunkline/contracts";
import { type RunningService, startService } from "@trunkline/service";
import {
  type AcmeState,
  acmeDetails,
  acmeLinks,
  acmeNote,
  acmePairs,
  acmeTicket,
  type Captured,
  cachedAcme,
  capture,
  DOWN,
  eventually,
  HOST,
  NOW,
  scriptedBridge,
  startTestBrokers,
  type TestBrokers,
  triageText,
} from "@trunkline/testkit";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { service } from "./service.ts";
import { questions } from "./subjects.ts";

// The numbers are those of the worked examples that the behaviour of the existing fleet is known by.

const APPEND = "bruin.ticket.note.append.request";
const EVENTS = "alert.request.event.edge";

let brokers: TestBrokers;
let slack: Captured<typeof slackNotification>;
let running: RunningService | undefined;
const script = { state: {} as AcmeState, notes: [] as TicketNote[], events: 0, failing: {} as Record<string, number> };
/** Requests by subject, in order. */
let asked: { readonly subject: string; readonly body: Record<string, unknown> }[] = [];
let told = 0;

beforeAll(async () => {
  brokers = await startTestBrokers();
  slack = await capture(brokers.bus, slackNotification);
  const answers: Record<string, () => unknown> = {
    "customer.cache.get": () => [cachedAcme(), cachedAcme({ serial_number: "VC200" })],
    "get.links.with.edge.info": () => acmeLinks(script.state),
    "request.network.enterprise.edges": () => acmePairs(script.state),
    [EVENTS]: () => Array.from({ length: script.events }, (_, minute) => linkDead(minute)),
    "bruin.ticket.basic.request": () => [acmeTicket(), acmeTicket({ ticketID: 9002, clientID: 502 })],
    "bruin.ticket.details.request": () => ({ ticketDetails: acmeDetails(), ticketNotes: script.notes }),
  };
  for (const contract of questions) {
    await scriptedBridge(brokers.bus, contract, ({ body }): HandlerReply => {
      asked.push({ subject: contract.subject, body });
      const status = script.failing[contract.subject];
      return status === undefined ? ok(answers[contract.subject]?.() ?? "Success") : refuse(status, "scripted");
    });
  }
});
afterAll(() => brokers.stop());
beforeEach(async () => {
  await brokers.redisClient.flushall();
  Object.assign(script, { state: {}, notes: [], events: 0, failing: {} });
  asked = [];
  told = slack.messages.length;
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

function linkDead(minute: number) {
  const eventTime = new Date(NOW.getTime() - minute * 60_000).toISOString();
  return edgeEvent.parse({ event: "LINK_DEAD", category: "NETWORK", eventTime, message: "Link GE1 is now DEAD" });
}

/** Slack messages of a decision are stored once, so that tests which are told of it use notes of different ages. */
const noteAt = (minutes: number) =>
  acmeNote(triageText(), { createdDate: new Date(NOW.getTime() - minutes * 60_000).toISOString() });

/** Runs a pass over the host, which begins with the service, and waits until it says that it has ended. */
async function pass(env: Record<string, string> = {}): Promise<void> {
  const lines: string[] = [];
  const logger = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
  running = await startService(service, {
    env: brokers.environment({
      TRIAGE__MONITORED_VELOCLOUD_HOSTS: HOST,
      BRUIN_TICKET_URL: "https://bruin.example.net/t",
      TIMEZONE: "US/Eastern",
      CURRENT_ENVIRONMENT: "production",
      ...env,
    }),
    clock: movableClock(NOW),
    logger,
  });
  await eventually(() => lines.some((line) => line.includes("Triage process finished")));
}

const appended = () => asked.filter(({ subject }) => subject === APPEND).map(({ body }) => body);
const messages = () => slack.messages.slice(told).map(({ message }) => message);

describe("a ticket", () => {
  it("B2: gets what has happened since its last note, and Slack hears of it once", async () => {
    Object.assign(script, { notes: [noteAt(61)], events: 16 });
    await pass();
    await eventually(() => messages().length > 0);
    expect(appended()).toEqual([
      {
        ticket_id: 9001,
        note: expect.stringMatching(/^#\*MetTel's IPA\*#\nTriage \(VeloCloud\)/),
        service_numbers: ["VC100"],
      },
      { ticket_id: 9001, note: expect.stringContaining("New event"), service_numbers: ["VC100"] },
    ]);
    expect(appended().map(({ note }) => String(note).match(/New event/g)?.length)).toEqual([15, 1]);
    expect(messages()).toEqual([
      expect.stringContaining("Ticket 9001 (detail 11) now says what happened on Acme Foods"),
    ]);
    const [events] = asked.filter(({ subject }) => subject === EVENTS);
    expect(events?.body).toMatchObject({ start_date: "2022-06-03T13:59:00.000Z", end_date: NOW.toISOString() });
  });

  it("B3: gets nothing when nothing has happened, and is asked about again by the next pass", async () => {
    Object.assign(script, { notes: [noteAt(62)] });
    await pass();
    await eventually(() => asked.some(({ subject }) => subject === EVENTS));
    await running?.stop();
    // A replica that starts so soon after a pass would leave its own out.
    await brokers.redisClient.del(await brokers.redisClient.keys("*:schedule:*"));
    script.events = 1;
    await pass();
    await eventually(() => messages().length > 0);
    expect(appended()).toHaveLength(1);
  });

  it("B5: is explained when nobody has, without a word to Slack", async () => {
    script.state = { GE1: DOWN };
    await pass();
    await eventually(() => appended().length > 0);
    expect(appended()).toEqual([
      { ticket_id: 9001, note: expect.stringContaining("Outage Type: Link Down (no HA)"), service_numbers: ["VC100"] },
    ]);
    await running?.stop();
    expect(messages()).toEqual([]);
  });

  it("is not explained by two services", async () => {
    await brokers.redisClient.set("test:triage-note:9001/VC100", "service-outage-monitor");
    script.state = { GE1: DOWN };
    await pass({ ENVIRONMENT_NAME: "test" });
    await running?.stop();
    expect(appended()).toEqual([]);
  });

  it("B10: is not written to in a dry run, and Slack sees the note", async () => {
    script.state = { GE1: DOWN };
    await pass({ CURRENT_ENVIRONMENT: "dev" });
    await eventually(() => messages().length > 0);
    expect(messages()).toEqual([expect.stringContaining("Outage Type: Link Down (no HA)")]);
    expect(appended()).toEqual([]);
  });

  it("B12: of a client without edges on the host is not read", async () => {
    await pass();
    expect(asked.filter(({ subject }) => subject === "bruin.ticket.details.request").map(({ body }) => body)).toEqual([
      { ticket_id: 9001 },
    ]);
  });

  it("gets its events although its host cannot say how the edge is, of which people hear", async () => {
    Object.assign(script, { notes: [noteAt(63)], events: 1, failing: { "get.links.with.edge.info": 500 } });
    await pass();
    await eventually(() => appended().length > 0 && messages().length > 1);
    expect(messages()).toContainEqual(expect.stringContaining(`Open tickets on ${HOST} may stay unexplained`));
  });

  it("gets its second note although the first is refused", async () => {
    Object.assign(script, { notes: [noteAt(61)], events: 16, failing: { [APPEND]: 400 } });
    await pass();
    await eventually(() => appended().length === 2);
    await eventually(() => messages().length === 2);
    expect(messages()).toEqual(Array(2).fill(expect.stringContaining("Could not append events note")));
  });
});

it("B11: a pass goes on without tickets that cannot be listed", async () => {
  script.failing = { "bruin.ticket.basic.request": 500 };
  await pass();
  expect(messages()).toEqual([expect.stringContaining(`Tickets of ${HOST} cannot be read`)]);
});

it("many notes of a pass are told of in one message", async () => {
  Object.assign(script, { notes: [noteAt(61)], events: 1 });
  await pass({ TRIAGE__SUMMARY_FROM: "1" });
  await eventually(() => appended().length === 1);
  await running?.stop();
  expect(messages()).toEqual([expect.stringContaining(`1 open tickets about edges on ${HOST}`)]);
});
