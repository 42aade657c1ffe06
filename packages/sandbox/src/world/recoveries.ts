import type { Clock } from "@trunkline/clock";
import { NotNow } from "../errors.ts";
import type { Random } from "../random.ts";
import type { Edge, Link } from "./model.ts";

/** DiGi's attempt to wake up the modem behind a link, from without. */
export interface Recovery {
  readonly id: number;
  readonly requestId: string;
  readonly edge: Edge;
  readonly link: Link;
  /** The serial that it was asked for by. */
  readonly serial: string;
  /** The ticket that DiGi reports to. */
  readonly ticket: string;
  readonly startedAt: Date;
}

/** One of the ways that DiGi tries, one after the other until the link is back. */
export interface RecoveryStep {
  readonly id: number;
  readonly recovery: Recovery;
  readonly method: Method;
  readonly startedAt: Date;
  /** Null while it goes on. */
  readonly endedAt: Date | null;
  readonly success: boolean | null;
}

export interface Recoveries {
  /** @throws NotNow while an earlier one of the same link goes on */
  start(order: Pick<Recovery, "edge" | "link" | "serial" | "ticket">): Recovery;
  /** All steps that have begun, oldest first. */
  steps(): RecoveryStep[];
}

type Method = "API Start" | "Ping" | "SSH" | "OEMPortal" | "SMS";

/** When each way is tried, in seconds after the order. */
const plan: readonly { readonly method: Method; readonly from: number; readonly to: number }[] = [
  { method: "API Start", from: 0, to: 2 },
  { method: "Ping", from: 5, to: 35 },
  { method: "SSH", from: 40, to: 100 },
  { method: "OEMPortal", from: 105, to: 225 },
  { method: "SMS", from: 230, to: 350 },
];

const KEPT = 1_000;

export function createRecoveries(clock: Clock, random: Random): Recoveries {
  const kept: Recovery[] = [];
  let lastId = 40;
  return {
    start(order) {
      const now = clock.now();
      const earlier = kept.findLast(({ link }) => link === order.link);
      if (earlier !== undefined && goesOn(earlier, now)) {
        throw new NotNow(`The modem at ${order.link.interface} of edge ${order.serial} is being recovered already.`);
      }
      const requestId = [8, 4, 4, 4, 12].map((digits) => random.hex(digits)).join("-");
      const recovery: Recovery = { ...order, id: ++lastId, requestId, startedAt: now };
      kept.push(recovery);
      if (kept.length > KEPT) kept.shift();
      return recovery;
    },
    steps: () => kept.flatMap((recovery) => stepsOf(recovery, clock.now())).sort((one, other) => one.id - other.id),
  };
}

/** A step succeeds when the link is up by its end, whoever saw to that, and is the last one then. */
function stepsOf(recovery: Recovery, now: Date): RecoveryStep[] {
  const steps: RecoveryStep[] = [];
  for (const [index, { method, from, to }] of plan.entries()) {
    const startedAt = after(recovery.startedAt, from);
    if (startedAt > now) break;
    const end = after(recovery.startedAt, to);
    const hasEnded = end <= now;
    // The first step is the order itself: it is taken, and changes nothing yet.
    const success = method === "API Start" || isUpBy(recovery.link, end);
    steps.push({
      id: recovery.id * plan.length + index,
      recovery,
      method,
      startedAt,
      endedAt: hasEnded ? end : null,
      success: hasEnded ? success : null,
    });
    if (success && method !== "API Start") break;
  }
  return steps;
}

/** Until a way has worked, or the last one has been tried. */
function goesOn(recovery: Recovery, now: Date): boolean {
  const last = stepsOf(recovery, now).at(-1);
  if (last === undefined || last.endedAt === null || last.method === "API Start") return true;
  return last.success === false && last.method !== plan.at(-1)?.method;
}

function isUpBy({ state, since }: Link, moment: Date): boolean {
  return state === "STABLE" && since <= moment;
}

function after(start: Date, seconds: number): Date {
  return new Date(start.getTime() + seconds * 1_000);
}
