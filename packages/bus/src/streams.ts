import * as contracts from "@trunkline/contracts";
import { DiscardPolicy, nanos, RetentionPolicy, StorageType, type StreamConfig } from "nats";

const DAY_MS = 24 * 3_600_000;
const MEBIBYTE = 1_048_576;

/** Streams of the bus itself, beside those that contracts name. */
export const AUDIT_STREAM = "AUDIT";
export const DEAD_LETTER_STREAM = "DEAD_LETTERS";

/** How long a stream keeps messages unless it is one of those below. */
export const STREAM_MAX_AGE_MS = 7 * DAY_MS;

const SPECIAL: Readonly<Record<string, Partial<StreamConfig>>> = {
  [AUDIT_STREAM]: { max_age: nanos(90 * DAY_MS), max_bytes: 512 * MEBIBYTE },
  [DEAD_LETTER_STREAM]: { max_age: nanos(30 * DAY_MS) },
};

/**
 * A stream as it is created where there is none. Limits that somebody changed later stay as they are: only missing
 * subjects and replicas are added to a stream that exists.
 *
 * Streams of contracts give no acknowledgements to publishers: requesters of the existing fleet that publish with a
 * reply inbox would take one for a reply. See `docs/decisions/published-once.md`.
 */
export function streamConfig(
  name: string,
  subjects: readonly string[],
  replicas = 1,
): Partial<StreamConfig> & { name: string } {
  const isOwn = name === AUDIT_STREAM || name === DEAD_LETTER_STREAM;
  return {
    name,
    subjects: [...subjects],
    storage: StorageType.File,
    num_replicas: replicas,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: nanos(STREAM_MAX_AGE_MS),
    max_bytes: 256 * MEBIBYTE,
    duplicate_window: nanos(10 * 60_000),
    no_ack: !isOwn,
    ...SPECIAL[name],
  };
}

/** Every subject that a stream has to keep: all message contracts that name it, whichever of them is at hand. */
export function subjectsOf(stream: string, atHand: readonly string[]): string[] {
  const known = Object.values<unknown>(contracts)
    .filter(isMessageContract)
    .filter((contract) => contract.stream === stream)
    .map((contract) => contract.subject);
  return [...new Set([...known, ...atHand])].sort();
}

function isMessageContract(value: unknown): value is contracts.MessageContract {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "message";
}
