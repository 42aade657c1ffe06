import { Redis } from "ioredis";
import { connect } from "nats";
import type { Reading, ReadingCost } from "./reading-bound.ts";

/** Reads what the parent names, with nothing of ours in between; ends when the parent lets go of it. */
const [natsUrl = "", redisUrl = ""] = process.argv.slice(2);
const nats = await connect({ servers: natsUrl, noAsyncTraces: true });
const redis = new Redis(redisUrl);
process.on("message", (readings: Reading[]) => void readAll(readings).then((cost) => process.send?.(cost)));
process.on("disconnect", () => {
  redis.disconnect();
  void nats.close().finally(() => process.exit(0));
});
process.send?.("ready");

async function readAll(readings: readonly Reading[]): Promise<ReadingCost> {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let bytes = 0;
  for (const reading of readings) bytes += await read(reading);
  const { user, system } = process.cpuUsage(cpu);
  return { milliseconds: performance.now() - begun, cpuMilliseconds: (user + system) / 1000, bytes };
}

interface WireReply {
  readonly status?: number;
  readonly is_stored?: boolean;
  readonly token?: string;
}

/** @returns the bytes of the reply */
async function read({ subject, body, timeoutMs }: Reading): Promise<number> {
  const question = Buffer.from(JSON.stringify({ request_id: "bound", body }));
  const { data } = await nats.request(subject, question, { timeout: timeoutMs });
  const reply = parse(data);
  const parked = reply.is_stored === true ? await redis.getBuffer(reply.token ?? "") : null;
  const { status } = parked === null ? reply : parse(parked);
  if (status !== 200) throw new Error(`${subject} was answered with status ${status}`);
  return (parked ?? data).length;
}

function parse(bytes: Uint8Array): WireReply {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()) as WireReply;
}
