import { connect } from "nats";
import type { Payload, StartContender } from "./contender.ts";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The bare client with the options that our bus uses: what nothing built on it can beat by much. */
export const startRaw: StartContender = async (natsUrl) => {
  const options = { servers: natsUrl, noAsyncTraces: true };
  const [answering, asking] = await Promise.all([connect(options), connect(options)]);
  answering.subscribe("bench.raw", {
    queue: "bench",
    callback: (_error, message) => {
      const { request_id, body } = JSON.parse(decoder.decode(message.data)) as { request_id: string; body: Payload };
      message.respond(encoder.encode(JSON.stringify({ request_id, body, status: 200 })));
    },
  });
  await answering.flush();
  let number = 0;
  return {
    name: "nats",
    async ask(body) {
      number += 1;
      const request = encoder.encode(JSON.stringify({ request_id: String(number), body }));
      const reply = await asking.request("bench.raw", request, { timeout: 10_000 });
      return (JSON.parse(decoder.decode(reply.data)) as { body: Payload }).body;
    },
    stop: async () => {
      await Promise.all([answering.close(), asking.close()]);
    },
  };
};
