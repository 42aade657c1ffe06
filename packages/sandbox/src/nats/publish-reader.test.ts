import { describe, expect, it } from "vitest";
import { type PublishedMessage, publishReader } from "./publish-reader.ts";

const headers = "NATS/1.0\r\nTrunkline-Request-Id: r9\r\n\r\n";
const accented = '{"request_id":"r2","body":"é"}';
const bytes = Buffer.byteLength;

const conversation = [
  'CONNECT {"user":"engine","pass":"geheim"}\r\nPING\r\n',
  "SUB _INBOX.engine.* 1\r\n",
  `PUB get.links _INBOX.engine.7 ${bytes(accented)}\r\n${accented}\r\n`,
  "pub notification.slack.request 0\r\n\r\n",
  `HPUB bruin.ticket _INBOX.engine.8 ${headers.length} ${headers.length + 5}\r\n${headers}PUB 1\r\n`,
  "UNSUB 1\r\nPUB last 2\r\n{}\r\n",
].join("");

const published: PublishedMessage[] = [
  { subject: "get.links", replyTo: "_INBOX.engine.7", bytes: bytes(accented), headers: "", beginning: accented },
  { subject: "notification.slack.request", replyTo: undefined, bytes: 0, headers: "", beginning: "" },
  { subject: "bruin.ticket", replyTo: "_INBOX.engine.8", bytes: headers.length + 5, headers, beginning: "PUB 1" },
  { subject: "last", replyTo: undefined, bytes: 2, headers: "", beginning: "{}" },
];

describe("reading along what a client publishes", () => {
  it.each([1, 2, 3, 7, 64, 100_000])("in pieces of %i bytes", (size) => {
    const found: PublishedMessage[] = [];
    const read = publishReader((message) => found.push(message));
    const all = Buffer.from(conversation);
    for (let start = 0; start < all.length; start += size) read(all.subarray(start, start + size));
    expect(found).toEqual(published);
  });

  it("keeps the beginning of a large message only, and finds the next one", () => {
    const found: PublishedMessage[] = [];
    const read = publishReader((message) => found.push(message));
    const piece = Buffer.alloc(64 * 1_024, "x");
    read(Buffer.from(`PUB big ${piece.length * 16}\r\n`));
    for (let count = 0; count < 16; count++) read(piece);
    read(Buffer.from("\r\nPUB small 1\r\ny\r\n"));
    expect(found.map(({ subject, bytes: size, beginning }) => [subject, size, beginning.length])).toEqual([
      ["big", 1_048_576, 4_096],
      ["small", 1, 1],
    ]);
  });

  it("survives a line that never ends", () => {
    const read = publishReader(() => undefined);
    const before = process.memoryUsage().heapUsed;
    for (let count = 0; count < 200; count++) read(Buffer.alloc(64 * 1_024, "x"));
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20 * 1_024 * 1_024);
  });
});
