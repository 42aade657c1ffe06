import { setTimeout as sleep } from "node:timers/promises";
import type { Vector } from "@trunkline/conformance";
import type { BridgeUnderFaults } from "./bridge-under-faults.ts";
import {
  type Cell,
  complaintsAboutHealing,
  complaintsAboutLines,
  complaintsAboutReply,
  nextRequestId,
  observe,
  readReply,
  unlessBusy,
} from "./cell.ts";
import type { MailCall, MailFault } from "./mail-faults.ts";

const ACCEPTED_WITHIN_MS = 5_000;
/** A first attempt that fails is followed by another after a second or so. */
const DELIVERED_WITHIN_MS = 30_000;

/** Asks for mails, or has one sent, while the mail server fails, and once more when it does not. */
export function runMailCell(bridge: BridgeUnderFaults, call: MailCall, fault: MailFault): Promise<Cell> {
  if (call.staged.protocol === "smtp") return sendUnder(bridge, call, fault);
  const { vector, staged } = call;
  return unlessBusy(fault, (withinMs) =>
    observe(bridge, {
      vector,
      thirdParty: fault.says === undefined ? vector.thirdParty : [spoiled(staged, fault)],
      withinMs,
      pauseMs: 0,
      ...routeOf(bridge, call, fault),
    }),
  );
}

function routeOf(bridge: BridgeUnderFaults, { staged }: MailCall, { route: fault }: MailFault) {
  const route = bridge.routes.get(staged.host);
  if (fault === undefined || route === undefined) return {};
  return { begin: () => route.arm(fault), end: () => route.disarm() };
}

function spoiled(staged: MailCall["staged"], { says, isEarly }: MailFault): Vector["thirdParty"][number] {
  const [entry] = Object.entries(staged.exchange as Readonly<Record<string, Readonly<Record<string, unknown>>>>);
  if (entry === undefined) return staged;
  const [key, { mail, ...rest }] = entry;
  const content = mail === undefined || isEarly ? {} : { mail };
  return { ...staged, exchange: { [key]: { ...rest, ...content, ...says } } };
}

/** A mail is accepted at once, and delivered when the fault is gone; or set aside, when it is refused for good. */
async function sendUnder(bridge: BridgeUnderFaults, call: MailCall, fault: MailFault): Promise<Cell> {
  const { vector, staged } = call;
  const { isFinal = false, says } = fault;
  const requestId = nextRequestId();
  const route = routeOf(bridge, call, fault);
  // What was sent before is done with when its connection is.
  await until(() => bridge.routes.get(staged.host)?.isIdle === true);
  const isTold = (text: string) => (line: string) => line.includes(requestId) && line.includes(text);
  bridge.takeLines();
  bridge.stage.begin([...(says ? [spoiled(staged, fault)] : []), ...(isFinal ? [] : [staged])]);
  await route.begin?.();
  const text = await bridge.ask(vector, requestId, ACCEPTED_WITHIN_MS);
  const lines: string[] = [];
  const failed = await until(() => {
    lines.push(...bridge.takeLines());
    // Who gets no answer at all waits longer than this.
    const hasBegun = fault.isSlow === true && bridge.routes.get(staged.host)?.hasStruck === true;
    return hasBegun || lines.some(isTold("could not be processed"));
  });
  const hasStruck = (await route.end?.()) ?? true;
  await bridge.stage.played(DELIVERED_WITHIN_MS);
  const undelivered = bridge.stage.end();
  await until(() => {
    lines.push(...bridge.takeLines());
    return lines.some(isTold("could not be processed"));
  });
  const isSetAside = lines.some(isTold('"kind":"dead"'));
  return {
    status: readReply(text)?.status,
    outcome: isSetAside ? "set aside" : "delivered",
    problems: [
      ...(hasStruck && failed ? [] : ["the fault has met no mail"]),
      ...undelivered.map((complaint) => complaint.slice(0, 300)),
      ...(isSetAside === isFinal ? [] : [isFinal ? "it is tried again for ever" : "the mail was set aside"]),
      ...complaintsAboutReply(text, readReply(text), bridge.secrets),
      ...complaintsAboutLines(lines, requestId, bridge.secrets),
      ...(await complaintsAboutHealing(bridge, vector, 0)),
    ],
  };
}

async function until(holds: () => boolean): Promise<boolean> {
  const end = performance.now() + DELIVERED_WITHIN_MS;
  while (!holds()) {
    if (performance.now() > end) return false;
    await sleep(20);
  }
  return true;
}
