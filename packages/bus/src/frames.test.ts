import { expect, test } from "vitest";
import { Frames, type OutgoingText, sizeOf } from "./frames.ts";
import { headerBlock } from "./wire-headers.ts";

const plain: OutgoingText = { subject: "desk.a", reply: "", headers: "", text: "" };

/** What was added, as one text; blanks before a size are part of the delimiter. */
const said = (frames: Frames) => Buffer.concat(frames.take()).toString().replaceAll(/ +/g, " ");
const frameOf = (message: OutgoingText) => {
  const frames = new Frames();
  frames.add(message);
  return said(frames);
};

test("a frame announces its bytes, not its characters", () => {
  const headers = headerBlock({ key: "größer" });
  expect(frameOf(plain)).toBe("PUB desk.a 0\r\n\r\n");
  expect(frameOf({ ...plain, reply: "_INBOX.x", text: "größer 😀" })).toBe("PUB desk.a _INBOX.x 13\r\ngrößer 😀\r\n");
  expect(frameOf({ ...plain, reply: "_INBOX.x", headers, text: "ß" })).toBe(
    `HPUB desk.a _INBOX.x 27 29\r\n${headers}ß\r\n`,
  );
});

test("a subject of other letters, as a peer's inbox may be, is no trouble", () => {
  expect(frameOf({ ...plain, subject: "tür.😀", text: "x" })).toBe("PUB tür.😀 1\r\nx\r\n");
});

test("the size of the largest text that shares memory with others has room", () => {
  const wide = "€".repeat(43_000);
  const frames = new Frames();
  frames.add({ ...plain, text: wide });
  expect(frames.waiting).toBeGreaterThan(129_000);
  expect(said(frames)).toBe(`PUB desk.a 129000\r\n${wide}\r\n`);
});

test("what was added comes out once, in order and in as few pieces as the memory has", () => {
  const frames = new Frames(600);
  const texts = Array.from({ length: 200 }, (_, number) => `${number}-`.repeat(number % 40));
  for (const text of texts) frames.add({ ...plain, text });
  expect(said(frames)).toBe(texts.map((text) => `PUB desk.a ${text.length}\r\n${text}\r\n`).join(""));
  expect(frames.take()).toEqual([]);

  for (const text of ["a", "b", "c"]) frames.add({ ...plain, text });
  expect(frames.take().length).toBeLessThanOrEqual(2);
});

test("what has been taken stays as it is while more is added", () => {
  const frames = new Frames(600);
  const taken = Array.from({ length: 100 }, (_, number) => {
    frames.add({ ...plain, text: `number ${number}` });
    return frames.take();
  });
  expect(taken.map((pieces) => Buffer.concat(pieces).toString().split("\r\n")[1])).toEqual(
    taken.map((_, number) => `number ${number}`),
  );
});

test("a message larger than the memory goes between the others, in memory of its own", () => {
  const frames = new Frames(600);
  const text = "x".repeat(100_000);
  for (const each of ["before", text, "after"]) frames.add({ ...plain, text: each });
  expect(said(frames)).toBe(`PUB desk.a 6\r\nbefore\r\nPUB desk.a 100000\r\n${text}\r\nPUB desk.a 5\r\nafter\r\n`);
});

test("a size counts bytes, of headers too", () => {
  expect(sizeOf({ headers: "", text: "größer 😀" })).toBe(13);
  expect(sizeOf({ headers: headerBlock({ a: "1" }), text: "" })).toBe(18);
});
