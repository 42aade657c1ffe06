import { headers, MsgHdrsImpl } from "nats";
import { expect, test } from "vitest";
import { headerBlock, type Metadata, readMetadata, requestHeaders, SentHeaders, wireHeader } from "./wire-headers.ts";

const all = {
  [wireHeader.deadline]: "1767225600000",
  [wireHeader.idempotencyKey]: "ticket 4711: größer",
  [wireHeader.requestId]: "vytxeTZskVKR7C7WgdSP3d",
  [wireHeader.traceparent]: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  [wireHeader.tracestate]: "vendor=a:b,other=c",
  [wireHeader.messageId]: "m1",
};
const metadata = {
  deadline: 1_767_225_600_000,
  idempotencyKey: "ticket 4711: größer",
  requestId: "vytxeTZskVKR7C7WgdSP3d",
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  tracestate: "vendor=a:b,other=c",
  messageId: "m1",
};

/** All that a message says. */
const said = ({ deadline, idempotencyKey, requestId, traceparent, tracestate, messageId }: Metadata) => ({
  deadline,
  idempotencyKey,
  requestId,
  traceparent,
  tracestate,
  messageId,
});

/** A message as the client keeps it: headers and payload in one piece. */
function received(block: string): Parameters<typeof readMetadata>[0] {
  const bytes = Buffer.from(block);
  const message = {
    _rdata: Buffer.concat([bytes, Buffer.from("payload\r\nnot: a header\r\n")]),
    _msg: { hdr: bytes.length },
  };
  return message as object;
}

test("what is written is what the client would have written, and is read back", () => {
  const theirs = headers();
  for (const [name, text] of Object.entries(all)) theirs.append(name, text);
  const block = headerBlock(all);
  expect(block).toBe((theirs as MsgHdrsImpl).toString());
  expect(new SentHeaders(block).encode()).toEqual(Buffer.from(block));
  expect(said(readMetadata(received(block)))).toEqual(metadata);
  expect(said(readMetadata({ headers: MsgHdrsImpl.decode(Buffer.from(block)) }))).toEqual(metadata);
});

test("what is undefined is left out, and nothing is read from nothing", () => {
  expect(headerBlock({ a: undefined, b: "1" })).toBe("NATS/1.0\r\nb: 1\r\n\r\n");
  const nothing = Object.fromEntries(Object.keys(metadata).map((name) => [name, undefined]));
  expect(said(readMetadata(received(headerBlock({}))))).toEqual(nothing);
  expect(readMetadata({ _msg: { hdr: -1 }, _rdata: Buffer.from("payload") } as never)).toEqual(nothing);
  expect(readMetadata({})).toEqual(nothing);
});

test("headers of a request are those that any message could have, and are read one by one or all at once", () => {
  const { deadline, requestId, traceparent, tracestate, idempotencyKey } = metadata;
  const plain = requestHeaders({ requestId }, deadline, { traceparent, tracestate: undefined });
  const full = requestHeaders({ requestId, idempotencyKey }, deadline, { traceparent, tracestate });
  expect(readMetadata(received(plain)).deadline).toBe(deadline);
  expect(readMetadata(received(plain)).requestId).toBe(requestId);
  expect(said(readMetadata(received(plain)))).toEqual({
    ...metadata,
    tracestate: undefined,
    idempotencyKey: undefined,
    messageId: undefined,
  });
  expect(said(readMetadata(received(full)))).toEqual({ ...metadata, messageId: undefined });
});

test("peers may write names otherwise and leave out the blank", () => {
  expect(readMetadata(received("NATS/1.0\r\nTraceparent:tp\r\nNATS-MSG-ID:  m1 \r\n\r\n"))).toMatchObject({
    traceparent: "tp",
    messageId: "m1",
  });
});

test.each(["", "soon", "-1", "0", "NaN", "Infinity x"])("a deadline of %j is none", (text) => {
  expect(readMetadata(received(`NATS/1.0\r\nTrunkline-Deadline: ${text}\r\n\r\n`)).deadline).toBeUndefined();
});

test("a status line, lines without a colon and truncated ones do no harm", () => {
  expect(readMetadata(received("NATS/1.0 503\r\n\r\n")).requestId).toBeUndefined();
  expect(readMetadata(received("NATS/1.0\r\nnonsense\r\nTrunkline-Request-Id: r1\r\n\r\n")).requestId).toBe("r1");
  expect(readMetadata(received("NATS/1.0\r\nTrunkline-Request-Id: r1")).requestId).toBeUndefined();
});
