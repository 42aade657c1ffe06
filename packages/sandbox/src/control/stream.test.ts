import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";
import { thirdPartyClient } from "../testing/third-party-client.ts";

interface Received {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

describe("the event stream", () => {
  let sandbox: Sandbox;
  const readers: AbortController[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox({ fleet: { edges: 6 } });
  });
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.abort();
  });
  afterAll(() => sandbox.stop());

  /** Opens the stream; `next` resolves with the first event of a type that has not been taken yet. */
  async function open() {
    const abort = new AbortController();
    readers.push(abort);
    const response = await fetch(`${sandbox.console.url}/api/stream`, { signal: abort.signal });
    const events = eventsOf(response);
    const seen: Received[] = [];
    return {
      response,
      async next(type: string): Promise<Received> {
        for (;;) {
          const found = seen.findIndex(({ event }) => event === type);
          if (found !== -1) return seen.splice(found, 1)[0] as Received;
          const { value } = await events.next();
          if (value !== undefined) seen.push(value);
        }
      },
    };
  }

  it("opens at once, as server-sent events", async () => {
    const { response } = await open();
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(response.headers.get("cache-control")).toContain("no-cache");
  });

  it("tells every reader of edges, tickets, messages, calls and faults", async () => {
    const [one, other] = [await open(), await open()];
    const { network, inventory, desk, messages } = sandbox.world;
    const { serial, customer } = network.fleet.edges[0] ?? { serial: "", customer: { id: 0 } };
    network.failLink(serial, "GE1");
    expect((await one.next("world")).data).toMatchObject({ serial, links: [{ state: "DISCONNECTED" }, {}] });
    expect((await other.next("world")).data).toMatchObject({ serial });

    const asset = inventory.find(customer.id, serial);
    const [item] = asset === undefined ? [] : desk.repair({ assets: [asset], lines: [], description: "outage" });
    expect((await one.next("ticket")).data).toMatchObject({ id: item?.ticketId, details: [{ serviceNumber: serial }] });
    expect((await one.next("world")).data).toMatchObject({ serial, ticketId: item?.ticketId });

    messages.add({ channel: "slack", text: "hello" });
    expect((await one.next("message")).data).toMatchObject({ channel: "slack", text: "hello" });

    sandbox.faults.add({ system: "slack", kind: "500", times: 1 });
    expect((await one.next("fault")).data).toMatchObject([{ system: "slack", kind: "500" }]);

    await thirdPartyClient(sandbox)("sms.example.net", { path: "/nowhere" });
    expect((await one.next("call")).data).toMatchObject({
      system: "sms",
      method: "GET",
      path: "/nowhere",
      status: 404,
    });
  });

  it("numbers its events", async () => {
    const { response } = await open();
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    sandbox.world.messages.add({ channel: "sms", text: "one" });
    let text = "";
    while (!text.includes("id: 1")) text += (await reader?.read())?.value ?? "";
    expect(text).toMatch(/event: message\ndata: \{.*\}\nid: 1\n\n/);
  });

  it("does not keep the sandbox from stopping", async () => {
    const own = await startSandbox({ fleet: { edges: 3 } });
    const response = await fetch(`${own.console.url}/api/stream`);
    const ended = response.text().catch(() => "cut off");
    await own.stop();
    expect(await ended).toBe("cut off");
  });
});

async function* eventsOf(response: Response): AsyncGenerator<Received> {
  let pending = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (pending + chunk).split("\n\n");
    pending = blocks.pop() ?? "";
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
      if (fields.event !== undefined) yield { event: fields.event, data: JSON.parse(fields.data) };
    }
  }
}
