import { type ScheduledRun, type ServiceDefinition, startService } from "@trunkline/service";
import { pino } from "pino";
import { watchTurns } from "./longest-turn.ts";
import type { PassCost } from "./pass-cost.ts";

/**
 * Runs the monitor, real but for its timetable: a pass begins when the parent asks for one, so that others are
 * measured while it rests. Ends when the parent lets go of it.
 */
const [logFile = ""] = process.argv.slice(2);
const definitionFile = new URL("../../services/service-outage-monitor/src/service.ts", import.meta.url);
const { service } = (await import(definitionFile.href)) as { service: ServiceDefinition };
const logger = pino({ level: "info" }, pino.destination({ dest: logFile }));
const passes: ((run: ScheduledRun) => Promise<void>)[] = [];
const calls = new Map<string, number>();
const running = await startService({ ...service, start: startByHand }, { env: process.env, logger });
process.on("message", () => void measuredPass().then((cost) => process.send?.(cost)));
process.on("disconnect", () => void running.stop().finally(() => process.exit(0)));
process.send?.("ready");

function startByHand(parts: Parameters<ServiceDefinition["start"]>[0]): Promise<void> {
  const { bus } = parts;
  const request: typeof bus.request = (contract, body, options) => {
    calls.set(contract.subject, (calls.get(contract.subject) ?? 0) + 1);
    return bus.request(contract, body, options);
  };
  return service.start({
    ...parts,
    bus: { ...bus, request },
    schedule: async (_options, work) => void passes.push(work),
  });
}

/** Of all hosts at once, as at a tick. */
async function measuredPass(): Promise<PassCost> {
  calls.clear();
  const turns = watchTurns();
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const run = { signal: new AbortController().signal, fencingToken: 1, logger };
  await Promise.all(passes.map((pass) => pass(run)));
  const milliseconds = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  const { elapsedMs, ownMs } = turns.end();
  return {
    milliseconds,
    cpuMilliseconds: (user + system) / 1000,
    stallMs: elapsedMs,
    ownStallMs: ownMs,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    calls: Object.fromEntries(calls),
  };
}
