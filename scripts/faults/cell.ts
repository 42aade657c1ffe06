import { setTimeout as sleep } from "node:timers/promises";
import type { HttpExchange, HttpFault, Strike, Vector } from "@trunkline/conformance";
import type { BridgeUnderFaults } from "./bridge-under-faults.ts";
import type { GrpcFault } from "./grpc-faults.ts";
import { internalsIn, leakIn } from "./secrets.ts";

/** A call to the third party that a request leads to. */
export interface Call {
  readonly vector: Vector;
  readonly exchange: HttpExchange;
  /** Calls of the same request to the same host that come before it. */
  readonly callsBefore: number;
}

/** A gRPC call that a request leads to. */
export interface GrpcCall {
  readonly vector: Vector;
  readonly staged: Vector["thirdParty"][number];
}

/** What came of one fault in one call. */
export interface Cell {
  /** Of the reply; undefined when there was none in time. */
  readonly status: number | undefined;
  /** What became of a message that was accepted. */
  readonly outcome?: "delivered" | "set aside";
  /** What a requester or an operator could complain of. */
  readonly problems: readonly string[];
}

const DEADLINE_MS = 5_000;
/** Of requests that nothing but their deadline ends: a tenth is for the reply's way back, even on a busy machine. */
const SHORT_DEADLINE_MS = 400;
const SHORT_DEADLINE_OF_LOGIN_MS = 1_500;
/** For a pause that the third party asked for, or that follows a failed login. */
const LONGEST_PAUSE_MS = 5_000;

let asked = 0;
export const nextRequestId = () => `fault-${++asked}`;

/** Asks while the fault is there, and once more when it is gone. */
export function runCell(bridge: BridgeUnderFaults, call: Call, fault: HttpFault): Promise<Cell> {
  return unlessBusy(fault, (withinMs) => tryCell(bridge, { ...call, fault }, withinMs));
}

/**
 * On a machine that is so busy that replies are late, a problem is none of the bridge's: what is one is found again,
 * with more time.
 */
export async function unlessBusy(
  { isSlow }: { readonly isSlow?: boolean | undefined },
  look: (withinMs: number) => Promise<Cell>,
  slowDeadlineMs: number = SHORT_DEADLINE_MS,
): Promise<Cell> {
  const first = isSlow ? slowDeadlineMs : DEADLINE_MS;
  let cell = await look(first);
  for (const withinMs of [DEADLINE_MS, 4 * DEADLINE_MS]) {
    if (cell.problems.length === 0) return cell;
    cell = await look(withinMs);
  }
  return cell;
}

function tryCell(bridge: BridgeUnderFaults, strike: Call & Strike, withinMs: number): Promise<Cell> {
  return observe(bridge, {
    vector: strike.vector,
    thirdParty: strike.vector.thirdParty,
    withinMs,
    pauseMs: strike.fault.name === "429" ? LONGEST_PAUSE_MS : 0,
    begin: () => bridge.third.arm(strike),
    end: () => bridge.third.disarm(),
  });
}

/** Asks while the third party answers a gRPC call otherwise than its vector says, and once more when it does not. */
export function runGrpcCell(bridge: BridgeUnderFaults, call: GrpcCall, fault: GrpcFault): Promise<Cell> {
  const { vector, staged } = call;
  const spoiled = { ...staged, exchange: { ...(staged.exchange as object), answer: fault.answer } };
  const thirdParty = vector.thirdParty.map((each) => (each === staged ? spoiled : each));
  return unlessBusy(fault, (withinMs) => observe(bridge, { vector, thirdParty, withinMs, pauseMs: 0 }));
}

export interface Trial {
  readonly vector: Vector;
  readonly thirdParty: Vector["thirdParty"];
  readonly withinMs: number;
  /** How long the third party may have asked to be left alone. */
  readonly pauseMs: number;
  begin?(): Promise<void>;
  /** @returns whether the fault has met a call */
  end?(): boolean | Promise<boolean>;
}

export async function observe(bridge: BridgeUnderFaults, trial: Trial): Promise<Cell> {
  const { vector, thirdParty, withinMs, pauseMs } = trial;
  const requestId = nextRequestId();
  await bridge.forget();
  bridge.takeLines();
  bridge.stage.rehearse(thirdParty);
  await trial.begin?.();
  const text = await bridge.ask(vector, requestId, withinMs);
  const hasStruck = (await trial.end?.()) ?? true;
  bridge.stage.end();
  const lines = bridge.takeLines();
  const reply = readReply(text);
  const problems = [
    ...(hasStruck ? [] : ["the fault has met no call"]),
    ...complaintsAboutReply(text, reply, bridge.secrets),
    ...complaintsAboutLines(lines, requestId, bridge.secrets),
    ...(await complaintsAboutHealing(bridge, vector, pauseMs)),
  ];
  return { status: reply?.status, problems };
}

/** Starts the bridge while its login fails, asks, and waits until it has healed by itself. */
export function runLoginCell(bridge: BridgeUnderFaults, call: Call, fault: HttpFault): Promise<Cell> {
  const look = (withinMs: number) => tryLoginCell(bridge, { ...call, fault }, withinMs);
  return unlessBusy(fault, look, SHORT_DEADLINE_OF_LOGIN_MS);
}

async function tryLoginCell(bridge: BridgeUnderFaults, strike: Call & Strike, withinMs: number): Promise<Cell> {
  await bridge.stop();
  const { vector } = strike;
  const requestId = nextRequestId();
  await bridge.forget();
  bridge.takeLines();
  bridge.stage.rehearse(vector.thirdParty);
  await bridge.third.arm(strike);
  await bridge.start();
  const text = await bridge.ask(vector, requestId, withinMs);
  const hasStruck = bridge.third.disarm();
  bridge.stage.end();
  const reply = readReply(text);
  const problems = [
    ...(hasStruck ? [] : ["the fault has met no call"]),
    ...complaintsAboutReply(text, reply, bridge.secrets),
    ...complaintsAboutLeaks(bridge.takeLines(), bridge.secrets),
    ...(await complaintsAboutHealing(bridge, vector, LONGEST_PAUSE_MS)),
  ];
  return { status: reply?.status, problems };
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export function readReply(text: string | undefined): Reply | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as Reply);
}

export function complaintsAboutReply(text = "", reply: Reply | undefined, secrets: readonly string[]): string[] {
  if (reply === undefined) return ["no reply in time"];
  const problems = [];
  if (!Number.isInteger(reply.status)) problems.push(`the status is ${reply.status}`);
  const leak = leakIn(text, secrets);
  if (leak !== undefined) problems.push(`the reply has ${leak}`);
  const internals = internalsIn(text);
  if (internals !== undefined) problems.push(`the reply tells of ${internals}`);
  if (/"error":"internal error"/.test(text)) problems.push("the bridge had not foreseen it");
  return problems;
}

export function complaintsAboutLines(
  lines: readonly string[],
  requestId: string,
  secrets: readonly string[],
): string[] {
  const isTold = lines.some((line) => line.includes(`"request_id":"${requestId}"`));
  return [...(isTold ? [] : ["no log line has the request id"]), ...complaintsAboutLeaks(lines, secrets)];
}

function complaintsAboutLeaks(lines: readonly string[], secrets: readonly string[]): string[] {
  const leak = leakIn(lines.join(""), secrets);
  return leak === undefined ? [] : [`the log has ${leak}`];
}

/** The next good call succeeds: the first one, where nothing asked for a pause. */
export async function complaintsAboutHealing(
  bridge: BridgeUnderFaults,
  vector: Vector,
  pauseMs: number,
): Promise<string[]> {
  const until = performance.now() + pauseMs;
  for (;;) {
    await bridge.forget();
    const complaints = await bridge.replay(vector);
    if (complaints.length === 0) return [];
    if (performance.now() >= until) return [`not healed: ${complaints[0]?.slice(0, 300)}`];
    await sleep(50);
  }
}
