import type { NatsConnection } from "nats";
import { SentHeaders } from "./wire-headers.ts";

/** A message of text on its way out. */
export interface OutgoingText {
  readonly subject: string;
  /** Where the answer goes; empty for none. */
  readonly reply: string;
  /** A block of headers as `headerBlock` makes it; empty for none. */
  readonly headers: string;
  readonly text: string;
}

/** What the server's limit is about. */
export type SizedText = Pick<OutgoingText, "headers" | "text">;

/** Bytes of headers and payload. */
export function sizeOf({ headers, text }: SizedText): number {
  return Buffer.byteLength(text) + (headers === "" ? 0 : Buffer.byteLength(headers));
}

/** @throws when the connection is closed */
export type SendText = (message: OutgoingText) => void;

/** The client's protocol handler, of which only this is used. */
interface Protocol {
  sendCommand(frame: Uint8Array): void;
}

/**
 * Sends text as a whole protocol frame, encoded once into the bytes that go to the socket. The client's `publish`
 * makes four arrays for a message with headers and copies each, which is a tenth of a small request. The way there is
 * private to the client (whose version is the last of its line): without it, `publish` is used.
 */
export function createSendText(nc: NatsConnection): SendText {
  const protocol = protocolOf(nc);
  if (protocol === undefined) return (message) => publish(nc, message);
  return (message) => {
    if (nc.isClosed()) throw new Error("the connection to NATS is closed");
    protocol.sendCommand(Buffer.from(frameOf(message)));
  };
}

export function protocolOf(nc: NatsConnection): Protocol | undefined {
  const { protocol } = nc as { protocol?: Partial<Protocol> };
  return typeof protocol?.sendCommand === "function" ? (protocol as Protocol) : undefined;
}

function frameOf({ subject, reply, headers, text }: OutgoingText): string {
  const bytes = Buffer.byteLength(text);
  const to = reply === "" ? subject : `${subject} ${reply}`;
  if (headers === "") return `PUB ${to} ${bytes}\r\n${text}\r\n`;
  const headerBytes = Buffer.byteLength(headers);
  return `HPUB ${to} ${headerBytes} ${headerBytes + bytes}\r\n${headers}${text}\r\n`;
}

function publish(nc: NatsConnection, { subject, reply, headers, text }: OutgoingText): void {
  nc.publish(subject, Buffer.from(text), {
    ...(reply === "" ? {} : { reply }),
    ...(headers === "" ? {} : { headers: new SentHeaders(headers) }),
  });
}
