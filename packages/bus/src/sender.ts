import type { NatsConnection } from "nats";
import { Frames, type OutgoingText } from "./frames.ts";
import { SentHeaders } from "./wire-headers.ts";

/** @throws when the connection is closed */
export type SendText = (message: OutgoingText) => void;

/** The client's protocol handler, of which only this is used. */
interface Protocol {
  sendCommand(frame: Uint8Array): void;
}

/**
 * Sends text as a whole protocol frame, encoded into the bytes that go to the socket. The client's `publish`
 * makes four arrays for a message with headers and copies each, which is a tenth of a small request. The way there is
 * private to the client (whose version is the last of its line): without it, `publish` is used.
 */
export function createSendText(nc: NatsConnection): SendText {
  const protocol = protocolOf(nc);
  if (protocol === undefined) return (message) => publish(nc, message);
  const frames = new Frames();
  return (message) => {
    if (nc.isClosed()) throw new Error("the connection to NATS is closed");
    protocol.sendCommand(frames.write(message));
  };
}

export function protocolOf(nc: NatsConnection): Protocol | undefined {
  const { protocol } = nc as { protocol?: Partial<Protocol> };
  return typeof protocol?.sendCommand === "function" ? (protocol as Protocol) : undefined;
}

function publish(nc: NatsConnection, { subject, reply, headers, text }: OutgoingText): void {
  nc.publish(subject, Buffer.from(text), {
    ...(reply === "" ? {} : { reply }),
    ...(headers === "" ? {} : { headers: new SentHeaders(headers) }),
  });
}
