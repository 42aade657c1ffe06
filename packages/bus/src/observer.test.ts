import { type Broker, startNats } from "@trunkline/brokers";
import { connect, type NatsConnection } from "nats";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Observer, openObserver } from "./observer.ts";

describe("an onlooker at NATS", () => {
  const releases = new AsyncDisposableStack();
  let broker: Broker;
  let nc: NatsConnection;
  let observer: Observer;

  beforeAll(async () => {
    broker = await startNats();
    releases.defer(() => broker.stop());
    nc = await connect({ servers: broker.url });
    releases.defer(() => nc.close());
    observer = await openObserver({ servers: broker.url, name: "onlooker", logger: pino({ level: "silent" }) });
    releases.defer(() => observer.close());
  });
  afterAll(() => releases.disposeAsync());

  it("sees nobody where nobody is", async () => {
    expect(await observer.services()).toEqual([]);
  });

  it("sees services of any make, each instance, by name", async () => {
    const add = async (name: string) => {
      const service = await nc.services.add({ name, version: "1.2.3" });
      service.addEndpoint("ask", { subject: `${name}.ask`, handler: (_error, message) => void message.respond("{}") });
    };
    for (const name of ["zeta-bridge", "alpha-bridge", "alpha-bridge"]) await add(name);
    await nc.request("zeta-bridge.ask");
    const found = await observer.services();
    expect(found.map(({ name, version }) => [name, version])).toEqual([
      ["alpha-bridge", "1.2.3"],
      ["alpha-bridge", "1.2.3"],
      ["zeta-bridge", "1.2.3"],
    ]);
    expect(found[2]?.endpoints).toMatchObject([{ subject: "zeta-bridge.ask", num_requests: 1, num_errors: 0 }]);
  });

  it("is not misled by an answer that is none", async () => {
    const subscription = nc.subscribe("$SRV.STATS", { callback: (_error, message) => void message.respond("{]") });
    expect((await observer.services()).every(({ name }) => name !== undefined)).toBe(true);
    subscription.unsubscribe();
  });

  it("may say something once", async () => {
    const heard = new Promise((resolve) =>
      nc.subscribe("hello", { max: 1, callback: (_, message) => resolve(message.json()) }),
    );
    await nc.flush();
    observer.publish("hello", { request_id: "r1", body: { message: "é" } });
    expect(await heard).toEqual({ request_id: "r1", body: { message: "é" } });
  });
});
