import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTap, type Tap } from "./tap.ts";

describe("a tap before a NATS server", () => {
  let server: Server;
  let tap: Tap;
  let seen: string[];

  beforeEach(async () => {
    seen = [];
    server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = `nats://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const onMessage = ({ subject }: { subject: string }) => void seen.push(subject);
    tap = await startTap({ server: address, hostname: "127.0.0.1", port: 0, onMessage });
  });
  afterEach(async () => {
    await tap.stop();
    server.close();
  });

  function join(): Socket {
    return connect(Number(new URL(tap.url).port), "127.0.0.1").on("error", () => undefined);
  }
  async function pair(): Promise<[client: Socket, atServer: Socket]> {
    const accepted = once(server, "connection");
    const client = join();
    const [atServer] = (await accepted) as [Socket];
    return [client, atServer.on("error", () => undefined)];
  }

  it("passes bytes both ways unchanged, and reads along", async () => {
    const [client, atServer] = await pair();
    atServer.write("INFO {}\r\n");
    expect(String((await once(client, "data"))[0])).toBe("INFO {}\r\n");
    client.write("PUB hello 2\r\nhi\r\n");
    expect(String((await once(atServer, "data"))[0])).toBe("PUB hello 2\r\nhi\r\n");
    expect(seen).toEqual(["hello"]);
  });

  it("lets a client know at once that the server died", async () => {
    const [client, atServer] = await pair();
    atServer.resetAndDestroy();
    await once(client, "close");
  });

  it("lets the server know at once that a client died", async () => {
    const [client, atServer] = await pair();
    client.resetAndDestroy();
    await once(atServer, "close");
  });

  it("passes on what a client said just before it left", async () => {
    const [client, atServer] = await pair();
    const payload = Buffer.alloc(5_000_000, "x");
    let received = 0;
    atServer.on("data", (chunk: Buffer) => {
      received += chunk.length;
    });
    client.end(payload);
    await once(atServer, "close");
    expect(received).toBe(payload.length);
  });

  it("turns a client away at once while there is no server", async () => {
    server.close();
    const start = performance.now();
    const client = join();
    client.resume();
    await once(client, "close");
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it("keeps user and password of the server's address", async () => {
    const own = await startTap({
      server: "nats://a:b@127.0.0.1:4222",
      hostname: "127.0.0.1",
      port: 0,
      onMessage: () => undefined,
    });
    expect(own.url).toMatch(/^nats:\/\/a:b@127\.0\.0\.1:\d+$/);
    await own.stop();
  });
});
