import { connect } from "node:net";
import type { Broker } from "../types.ts";

/** For tests: what the broker answers to the text on a fresh connection, everything up to and including `until`. */
export function say(broker: Broker, text: string, until = "\r\n"): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = "";
    const socket = connect(broker.port, broker.host, () => socket.write(text));
    socket.on("error", reject);
    socket.on("data", (chunk: Buffer) => {
      heard += chunk.toString("utf8");
      if (!heard.includes(until)) return;
      socket.destroy();
      resolve(heard);
    });
  });
}

/** For tests: whether anybody listens on the loopback port. */
export function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
