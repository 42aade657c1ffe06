import { arch, cpus, platform } from "node:os";
import { parseArgs } from "node:util";
import {
  type ContenderName,
  type ContenderProcess,
  contenderNames,
  median,
  startClaimCheckBench,
  startContender,
} from "@trunkline/bench";
import { type Brokers, startBrokers } from "@trunkline/brokers";
import { writeSection } from "./bench/benchmarks-page.ts";

const inFlights = [1, 64, 256] as const;
const claimCheckMegabytes = [2, 8] as const;
/** Services run for weeks: what is measured is compiled code. After less, laps still get quicker one by one. */
const warmUpMs = 6_000;
/** Short, so that many fit: with one request in flight the scheduler of the machine decides more than the clients do. */
const lapMs = 300;

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "25" }, write: { type: "boolean", default: true } },
  allowNegative: true,
});
const rounds = Number(values.rounds);

await using releases = new AsyncDisposableStack();
const brokers = await startBrokers();
releases.defer(() => brokers.stop());
const requestReply = await benchRequestReply(brokers);
const claimCheck = await benchClaimCheck(brokers);
const page = render(requestReply, claimCheck);
console.log(`\n${page.tables}`);
if (values.write) await writeSection("Requests and large payloads", page.section);
console.log(JSON.stringify(ratios(requestReply, claimCheck)));

interface RequestReplyResult {
  readonly inFlight: number;
  /** Contender → requests per second, one figure for each round. */
  readonly rates: ReadonlyMap<ContenderName, readonly number[]>;
}

/** Every contender in every round, so that a slow moment of the machine hits them all alike. */
async function benchRequestReply({ nats, redis }: Brokers): Promise<RequestReplyResult[]> {
  const contenders: ContenderProcess[] = [];
  for (const name of contenderNames) {
    contenders.push(await startContender({ name, natsUrl: nats.url, redisUrl: redis.url }));
  }
  const results: RequestReplyResult[] = [];
  for (const contender of contenders) {
    progress(`request/reply, ${contender.name} warms up`);
    await contender.run({ inFlight: 64, milliseconds: warmUpMs });
  }
  for (const inFlight of inFlights) {
    for (const contender of contenders) await contender.run({ inFlight, milliseconds: 1_000 });
    const rates = new Map<ContenderName, number[]>(contenderNames.map((name) => [name, []]));
    for (let round = 1; round <= rounds; round += 1) {
      progress(`request/reply, ${inFlight} in flight, round ${round} of ${rounds}`);
      // The order changes with each round: being first or last must not decide.
      for (const contender of rotated(contenders, round)) {
        rates.get(contender.name)?.push(await contender.run({ inFlight, milliseconds: lapMs }));
      }
    }
    results.push({ inFlight, rates });
  }
  for (const contender of contenders) await contender.stop();
  return results;
}

interface ClaimCheckResult {
  readonly megabytes: number;
  readonly busMs: readonly number[];
  readonly boundMs: readonly number[];
}

async function benchClaimCheck({ nats, redis }: Brokers): Promise<ClaimCheckResult[]> {
  const results: ClaimCheckResult[] = [];
  for (const megabytes of claimCheckMegabytes) {
    const bench = await startClaimCheckBench(nats.url, redis.url, megabytes * 1024 * 1024);
    const busMs: number[] = [];
    const boundMs: number[] = [];
    for (let round = -2; round < rounds; round += 1) {
      progress(`claim check, ${megabytes} MB, round ${Math.max(round + 1, 1)} of ${rounds}`);
      const [first, second] = round % 2 === 0 ? [bench.bound, bench.throughBus] : [bench.throughBus, bench.bound];
      const firstMs = await timed(first);
      const secondMs = await timed(second);
      if (round < 0) continue;
      boundMs.push(round % 2 === 0 ? firstMs : secondMs);
      busMs.push(round % 2 === 0 ? secondMs : firstMs);
    }
    await bench.stop();
    results.push({ megabytes, busMs, boundMs });
  }
  return results;
}

/** The median of the ratios round by round, which holds when the machine's speed drifts. */
function ratio(numerators: readonly number[] = [], denominators: readonly number[] = []): number {
  return median(numerators.map((numerator, round) => numerator / (denominators[round] ?? Number.NaN)));
}

function ratios(requestReply: readonly RequestReplyResult[], claimCheck: readonly ClaimCheckResult[]): object {
  const ofRates = ({ inFlight, rates }: RequestReplyResult) =>
    [...rates.keys()]
      .filter((name) => name !== "Trunkline")
      .map((name) => [
        `vs_${name.toLowerCase().replace(/[^a-z]+/g, "_")}_${inFlight}_in_flight`,
        rounded(ratio(rates.get("Trunkline"), rates.get(name))),
      ]);
  const ofClaims = ({ megabytes, busMs, boundMs }: ClaimCheckResult) => [
    [`claim_check_${megabytes}_mb_vs_bound`, rounded(ratio(busMs, boundMs))],
  ];
  return Object.fromEntries([...requestReply.flatMap(ofRates), ...claimCheck.flatMap(ofClaims)]);
}

function render(requestReply: readonly RequestReplyResult[], claimCheck: readonly ClaimCheckResult[]) {
  const rateRows = requestReply.flatMap(({ inFlight, rates }) =>
    [...rates].map(
      ([name, all]) =>
        `| ${inFlight} | ${name} | ${Math.round(median(all)).toLocaleString("en-US")} | ${rounded(ratio(rates.get("Trunkline"), all))} |`,
    ),
  );
  const claimRows = claimCheck.map(
    ({ megabytes, busMs, boundMs }) =>
      `| ${megabytes} | ${rounded(median(busMs))} | ${rounded(median(boundMs))} | ${rounded(ratio(busMs, boundMs))} |`,
  );
  const tables = [
    "| in flight | client | requests/s | Trunkline against it |",
    "|---:|---|---:|---:|",
    ...rateRows,
    "",
    "| reply, MB | Trunkline, ms | lower bound, ms | ratio |",
    "|---:|---:|---:|---:|",
    ...claimRows,
    "",
  ].join("\n");
  const section = `Written by \`npm run bench\` on ${platform()}/${arch()} with ${cpus().length} processors and Node ${process.versions.node}, each contender's requester and responder in a process of its own, the brokers beside them.
After ${warmUpMs / 1000} seconds of warming up each, all contenders run for ${lapMs} ms in turn in every round (${rounds} rounds), on the same brokers, echoing the same 700 bytes of JSON; figures are medians, ratios are medians of the ratios round by round. Read ratios rather than absolute figures. Trunkline validates both ways and carries request ids, deadlines, trace context and metrics; \`nats\` is the bare client with the same connection options, and NestJS and Moleculer are as they come: without validation, metrics or tracing. Only "Moleculer, equipped" has its own of all three switched on.

The claim check's lower bound is one encode, a Redis SET and GET of the same bytes, one parse, and one small request.

${tables}`;
  return { tables, section };
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  return items.map((_, index) => items[(index + by) % items.length] as Item);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function progress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r  ${text.padEnd(70)}`);
  else console.log(`  ${text}`);
}
