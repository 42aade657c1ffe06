import { type OutageItem, outageErrorCodes } from "@trunkline/contracts";
import { faultyInterfaces } from "@trunkline/sdwan";
import type { Outage } from "../outage.ts";
import type { CreationAnswer } from "./ticket-creation.ts";

/** What Bruin says about the lines of an outage's links that are down. */
export interface LineItems {
  /** Service numbers of lines whose tasks the automation itself looks after from now on. */
  readonly toIpa: readonly string[];
  /** Service numbers of lines whose tasks go to workers if the outage has not healed by then. */
  readonly toWorkers: readonly string[];
}

const { alreadyOpen, resolved, reopened, reopenedWithNewLine } = outageErrorCodes;
/** Codes of lines that have just got a task, or got it back. */
const begun = new Set<number | null>([null, resolved, reopened, reopenedWithNewLine]);

export function lineItems(answer: CreationAnswer, outage: Pick<Outage, "status" | "cached">): LineItems {
  const items = typeof answer === "number" ? [] : answer.items;
  const faulty = new Set(faultyInterfaces(outage.status));
  const lines = new Set(
    outage.cached.logical_ids.flatMap(({ interface_name: name, service_number: number }) =>
      name !== null && number !== null && faulty.has(name) ? [number] : [],
    ),
  );
  const numbers = (isMeant: (item: OutageItem) => boolean) => {
    const found = items.flatMap((item) => {
      const isLine = item.wtn !== null && lines.has(item.wtn) && item.ticketId !== 0;
      return isLine && item.wtn !== null && isMeant(item) ? [item.wtn] : [];
    });
    return [...new Set(found)];
  };
  const hasBegun = (item: OutageItem) => begun.has(item.errorCode) || isAdded(item);
  return {
    toIpa: numbers(hasBegun),
    // A line that has had its task for a while may be with people already; a worker gets it all the same.
    toWorkers: numbers((item) => hasBegun(item) || item.errorCode === alreadyOpen),
  };
}

/** With code 0 only Bruin's words tell whether the ticket got a task for the line. */
function isAdded({ errorCode, errorMessage }: OutageItem): boolean {
  const message = errorMessage ?? "";
  return (
    errorCode === 0 &&
    message.includes("We'll add an additional line") &&
    !message.includes("Failed to add additional line")
  );
}
