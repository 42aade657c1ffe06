import type { NatsConnection } from "nats";
import { Frames, type OutgoingText } from "./frames.ts";
import { SentHeaders } from "./wire-headers.ts";

/** Sends messages over one connection. */
export interface Sender {
  /** @throws when the connection is closed */
  send(message: OutgoingText): void;
  /** Hands over what was sent in this turn, so that whatever the client sends next comes after it. */
  flush(): void;
}

/** The client's protocol handler, of which only this is used. */
interface Protocol {
  sendCommand(frames: Uint8Array): void;
}

/**
 * Sends text as whole protocol frames, those of one turn together. The client's `publish` makes four arrays for a
 * message with headers and copies each twice, which is a tenth of a small request. The way there is private to the
 * client (whose version is the last of its line): without it, `publish` is used.
 */
export function createSender(nc: NatsConnection): Sender {
  const protocol = protocolOf(nc);
  return protocol === undefined ? new PublishingSender(nc) : new FrameSender(nc, protocol);
}

export function protocolOf(nc: NatsConnection): Protocol | undefined {
  const { protocol } = nc as { protocol?: Partial<Protocol> };
  return typeof protocol?.sendCommand === "function" ? (protocol as Protocol) : undefined;
}

// What a server reads at once. Handed over earlier, the same messages cost it more calls and everybody more time.
const ENOUGH_BYTES = 64 * 1024;

class FrameSender implements Sender {
  readonly #nc: NatsConnection;
  readonly #protocol: Protocol;
  readonly #frames = new Frames();
  readonly #atTurnsEnd = () => {
    this.#isDue = false;
    this.flush();
  };
  #isDue = false;

  constructor(nc: NatsConnection, protocol: Protocol) {
    this.#nc = nc;
    this.#protocol = protocol;
  }

  send(message: OutgoingText): void {
    if (this.#nc.isClosed()) throw new Error("the connection to NATS is closed");
    this.#frames.add(message);
    if (this.#frames.waiting >= ENOUGH_BYTES) {
      this.flush();
    } else if (!this.#isDue) {
      this.#isDue = true;
      queueMicrotask(this.#atTurnsEnd);
    }
  }

  flush(): void {
    for (const frames of this.#frames.take()) this.#protocol.sendCommand(frames);
  }
}

class PublishingSender implements Sender {
  readonly #nc: NatsConnection;

  constructor(nc: NatsConnection) {
    this.#nc = nc;
  }

  send({ subject, reply, headers, text }: OutgoingText): void {
    this.#nc.publish(subject, Buffer.from(text), {
      ...(reply === "" ? {} : { reply }),
      ...(headers === "" ? {} : { headers: new SentHeaders(headers) }),
    });
  }

  flush(): void {}
}
