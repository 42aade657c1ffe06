import { type MessageContract, slackNotification } from "@trunkline/contracts";
import { AUDIT_PREFIX } from "./audit.ts";
import { isWrite, mayBeWithheld, type Subjects } from "./bus-keys.ts";
import { inboxPrefix } from "./connection-options.ts";
import { DEAD_PREFIX } from "./dead-letters.ts";
import { VERBS } from "./discovery.ts";
import { AUDIT_STREAM, DEAD_LETTER_STREAM } from "./streams.ts";

/** All that a service's user may do at NATS. */
export interface NatsRights {
  /** Subjects. */
  readonly publish: readonly string[];
  /** Subjects; with a space and a queue group behind it, only as a member of that group. */
  readonly subscribe: readonly string[];
  /** How often and how long whoever asked may be answered, on whatever inbox he named. */
  readonly answers: { readonly max: number; readonly withinMs: number };
}

/** One answer, and the same again after an outage of NATS. */
const ANSWERS = 2;
const SHORTEST_ANSWER_MS = 60_000;

type Kept = MessageContract & { readonly stream: string };

/** What the bus of a service does with what its definition declares, subject by subject. */
export function natsRights(service: Subjects): NatsRights {
  const { name, serves, asks, publishes, consumes } = service;
  const writes = [...asks, ...publishes].filter(isWrite);
  // What a dry run keeps back, Slack is told.
  const tells = [...asks, ...publishes].some(mayBeWithheld) ? [slackNotification] : [];
  const says = [...publishes, ...tells];
  const reads = consumes.filter(isKept);
  const longest = Math.max(0, ...serves.map(({ timeoutMs }) => timeoutMs));
  return {
    publish: distinct([
      ...[...asks, ...says].map(({ subject }) => subject),
      ...writes.map(({ subject }) => `${AUDIT_PREFIX}.${name}.${subject}`),
      ...reads.map(({ subject }) => `${DEAD_PREFIX}.${subject}`),
      ...streamRights({
        uses: [
          ...says.filter(isKept).map(({ stream }) => stream),
          ...(writes.length > 0 ? [AUDIT_STREAM] : []),
          ...(reads.length > 0 ? [DEAD_LETTER_STREAM] : []),
        ],
        owns: reads.map(({ stream }) => stream),
      }),
      ...reads.flatMap(consumerRights),
    ]),
    subscribe: distinct([
      `${inboxPrefix(name)}.>`,
      ...[...serves, ...consumes].map(({ subject, queueGroup }) => `${subject} ${queueGroup}`),
      // Not `$SRV.*`: a server takes a subscription to `$SRV.>` for one of that pattern, and so would pass on everything.
      ...VERBS.flatMap((verb) => [`$SRV.${verb}`, `$SRV.${verb}.${name}`, `$SRV.${verb}.${name}.*`]),
    ]),
    // A requester may be more patient than the contract says.
    answers: { max: ANSWERS, withinMs: Math.max(SHORTEST_ANSWER_MS, 2 * longest) },
  };
}

/**
 * A stream that is missing is made by whoever needs it first. One that is there is changed by its owner alone: who may
 * change a stream could have it copy everybody's messages.
 */
function streamRights({ uses, owns }: { uses: readonly string[]; owns: readonly string[] }): string[] {
  const all = distinct([...uses, ...owns]);
  if (all.length === 0) return [];
  return [
    "$JS.API.INFO",
    ...all.flatMap((stream) => [`$JS.API.STREAM.INFO.${stream}`, `$JS.API.STREAM.CREATE.${stream}`]),
    ...distinct(owns).map((stream) => `$JS.API.STREAM.UPDATE.${stream}`),
  ];
}

function consumerRights({ stream, consumer, subject }: Kept): string[] {
  const place = `${stream}.${consumer}`;
  return [
    `$JS.API.CONSUMER.CREATE.${place}.${subject}`,
    `$JS.API.CONSUMER.INFO.${place}`,
    `$JS.API.CONSUMER.MSG.NEXT.${place}`,
    `$JS.ACK.${place}.>`,
  ];
}

function isKept(contract: MessageContract): contract is Kept {
  return contract.stream !== null;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
