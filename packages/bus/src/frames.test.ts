import { expect, test } from "vitest";
import { Frames, type OutgoingText, sizeOf } from "./frames.ts";
import { headerBlock } from "./wire-headers.ts";

const said = (frame: Uint8Array) => Buffer.from(frame).toString();
const plain: OutgoingText = { subject: "desk.a", reply: "", headers: "", text: "" };

test("a frame announces its bytes, not its characters", () => {
  const frames = new Frames();
  const headers = headerBlock({ key: "größer" });
  expect(said(frames.write(plain))).toBe("PUB desk.a 0\r\n\r\n");
  expect(said(frames.write({ ...plain, reply: "_INBOX.x", text: "größer 😀" }))).toBe(
    "PUB desk.a _INBOX.x 13\r\ngrößer 😀\r\n",
  );
  expect(said(frames.write({ ...plain, reply: "_INBOX.x", headers, text: "ß" }))).toBe(
    `HPUB desk.a _INBOX.x 27 29\r\n${headers}ß\r\n`,
  );
});

test("a subject of other letters, as a peer's inbox may be, is no trouble", () => {
  expect(said(new Frames().write({ ...plain, subject: "tür.😀", text: "x" }))).toBe("PUB tür.😀 1\r\nx\r\n");
});

test("what has been written stays as it is while more is, however often a piece is full", () => {
  const frames = new Frames(600);
  const texts = Array.from({ length: 200 }, (_, number) => `${number} `.repeat(number % 40));
  const written = texts.map((text) => frames.write({ ...plain, text }));
  expect(written.map(said)).toEqual(texts.map((text) => `PUB desk.a ${text.length}\r\n${text}\r\n`));
});

test("a message larger than a piece gets memory of its own, no more than it needs", () => {
  const frames = new Frames(600);
  const text = "x".repeat(100_000);
  const frame = frames.write({ ...plain, text });
  expect(said(frame)).toBe(`PUB desk.a 100000\r\n${text}\r\n`);
  expect(frame.buffer.byteLength).toBeLessThan(100_200);
  expect(said(frames.write({ ...plain, text: "after" }))).toBe("PUB desk.a 5\r\nafter\r\n");
});

test("a size counts bytes, of headers too", () => {
  expect(sizeOf({ headers: "", text: "größer 😀" })).toBe(13);
  expect(sizeOf({ headers: headerBlock({ a: "1" }), text: "" })).toBe(18);
});
