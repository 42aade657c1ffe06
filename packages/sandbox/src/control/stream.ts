import type { Hono } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { ControlParts } from "./control-parts.ts";
import { createOutbox, type Outbox } from "./outbox.ts";

const HEARTBEAT_MS = 15_000;

/** Everything that happens, as server-sent events. */
export function streamRoutes(api: Hono, { world, feed }: ControlParts): void {
  api.get("/api/stream", (context) => {
    context.header("x-accel-buffering", "no");
    return streamSSE(context, async (stream) => {
      const outbox = createOutbox();
      const silence = [world.feed.listen(outbox.add), feed.listen(outbox.add)];
      const heartbeat = setInterval(() => void stream.write(": still here\n\n"), HEARTBEAT_MS);
      stream.onAbort(() => outbox.close());
      try {
        // Without a first byte the headers would wait for the first event, and the page would think it is offline.
        await stream.write(": connected\n\n");
        await deliver(stream, outbox);
      } finally {
        clearInterval(heartbeat);
        for (const stop of silence) stop();
      }
    });
  });
}

async function deliver(stream: SSEStreamingApi, outbox: Outbox): Promise<void> {
  let id = 0;
  for await (const { type, data } of outbox.events) {
    if (stream.aborted) return;
    await stream.writeSSE({ event: type, data: JSON.stringify(data), id: String(++id) });
  }
}
