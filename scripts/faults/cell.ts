import { setTimeout as sleep } from "node:timers/promises";
import type { HttpExchange, HttpFault, Strike, Vector } from "@trunkline/conformance";
import type { BridgeUnderFaults } from "./bridge-under-faults.ts";
import { internalsIn, leakIn } from "./secrets.ts";

/** A call to the third party that a request leads to. */
export interface Call {
  readonly vector: Vector;
  readonly exchange: HttpExchange;
  /** Calls of the same request that come before it. */
  readonly callsBefore: number;
}

/** What came of one fault in one call. */
export interface Cell {
  /** Of the reply; undefined when there was none in time. */
  readonly status: number | undefined;
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

/** Asks while the fault is there, and once more when it is gone. */
export async function runCell(bridge: BridgeUnderFaults, call: Call, fault: HttpFault): Promise<Cell> {
  if (!fault.isSlow) return tryCell(bridge, { ...call, fault }, DEADLINE_MS);
  const cell = await tryCell(bridge, { ...call, fault }, SHORT_DEADLINE_MS);
  // A pause of this process as long as the way back is no fault of the bridge.
  return cell.status === undefined ? tryCell(bridge, { ...call, fault }, DEADLINE_MS) : cell;
}

async function tryCell(bridge: BridgeUnderFaults, strike: Call & Strike, withinMs: number): Promise<Cell> {
  const { vector, fault } = strike;
  const { third, stage } = bridge;
  const requestId = `fault-${++asked}`;
  bridge.takeLines();
  stage.rehearse(vector.thirdParty);
  await third.arm(strike);
  const text = await bridge.ask(vector, requestId, withinMs);
  const hasStruck = third.disarm();
  stage.end();
  const lines = bridge.takeLines();
  const reply = readReply(text);
  const problems = [
    ...(hasStruck ? [] : ["the fault has met no call"]),
    ...complaintsAboutReply(text, reply, bridge.secrets),
    ...complaintsAboutLines(lines, requestId, bridge.secrets),
    ...(await complaintsAboutHealing(bridge, vector, fault.name === "429" ? LONGEST_PAUSE_MS : 0)),
  ];
  return { status: reply?.status, problems };
}

/** Starts the bridge while its login fails, asks, and waits until it has healed by itself. */
export async function runLoginCell(bridge: BridgeUnderFaults, call: Call, fault: HttpFault): Promise<Cell> {
  await bridge.stop();
  const { vector } = call;
  const requestId = `fault-${++asked}`;
  bridge.takeLines();
  bridge.stage.rehearse(vector.thirdParty);
  await bridge.third.arm({ ...call, fault });
  await bridge.start();
  const text = await bridge.ask(vector, requestId, fault.isSlow ? SHORT_DEADLINE_OF_LOGIN_MS : DEADLINE_MS);
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

function readReply(text: string | undefined): Reply | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as Reply);
}

function complaintsAboutReply(text = "", reply: Reply | undefined, secrets: readonly string[]): string[] {
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

function complaintsAboutLines(lines: readonly string[], requestId: string, secrets: readonly string[]): string[] {
  const isTold = lines.some((line) => line.includes(`"request_id":"${requestId}"`));
  return [...(isTold ? [] : ["no log line has the request id"]), ...complaintsAboutLeaks(lines, secrets)];
}

function complaintsAboutLeaks(lines: readonly string[], secrets: readonly string[]): string[] {
  const leak = leakIn(lines.join(""), secrets);
  return leak === undefined ? [] : [`the log has ${leak}`];
}

/** The next good call succeeds: the first one, where nothing asked for a pause. */
async function complaintsAboutHealing(bridge: BridgeUnderFaults, vector: Vector, pauseMs: number): Promise<string[]> {
  const until = performance.now() + pauseMs;
  for (;;) {
    const complaints = await bridge.replay(vector);
    if (complaints.length === 0) return [];
    if (performance.now() >= until) return [`not healed: ${complaints[0]?.slice(0, 300)}`];
    await sleep(50);
  }
}
