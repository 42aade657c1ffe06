import type { Contract, MessageContract, RequestContract } from "@trunkline/contracts";
import { type KeyFamily, type KeyRight, keyFamily, keyRight } from "./key-family.ts";
import { ID_LENGTH } from "./random-id.ts";

/** The subjects of a service, as its definition lists them. */
export interface Subjects {
  readonly name: string;
  readonly serves: readonly RequestContract[];
  readonly asks: readonly RequestContract[];
  readonly publishes: readonly MessageContract[];
  readonly consumes: readonly MessageContract[];
}

/** What is remembered of the writes that a subject was asked for. */
export const writeRecordKeys = (subject: string): KeyFamily => keyFamily(`-idempotency-${subject}-`);
/** What people were told of the writes that a dry run withheld. */
export const dryRunKeys = (subject: string): KeyFamily => keyFamily(`-dry-run-${subject}-`);
/** How many dead letters there are, by subject. */
export const deadLetterKeys = keyFamily(":dead-letters", { rest: "" });

/**
 * Payloads that are too large for NATS. Their tokens are the existing fleet's: bare, so that whoever may fetch one
 * could fetch any, if only he could guess it.
 */
const CLAIMS: KeyRight = { pattern: "[0-9A-Za-z]".repeat(ID_LENGTH), access: "both" };

/** The keys of the main Redis that a service's bus uses. */
export function busKeys({ serves, asks, publishes, consumes }: Subjects, environment: string): KeyRight[] {
  const families = [
    ...serves.filter(isWrite).map(({ subject }) => writeRecordKeys(subject)),
    ...[...asks, ...publishes].filter(mayBeWithheld).map(({ subject }) => dryRunKeys(subject)),
    ...(consumes.some(({ stream }) => stream !== null) ? [deadLetterKeys] : []),
  ];
  return [CLAIMS, ...families.map((family) => keyRight(environment, family))];
}

export function isWrite({ effect }: Contract): boolean {
  return effect === "write";
}

/** Whether a dry run sends it to nobody. */
export function mayBeWithheld(contract: Contract): boolean {
  return isWrite(contract) && (contract.kind === "request" || contract.dryRun === "withhold");
}
