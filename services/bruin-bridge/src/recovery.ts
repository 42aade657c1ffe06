import type { ServeOptions } from "@trunkline/bus";
import type { RequestContract } from "@trunkline/contracts";

/** Finds out what became of a write whose first attempt has left no answer. */
export type Recover<C extends RequestContract> = NonNullable<ServeOptions<C>["recover"]>;

/**
 * How far Bruin's clock may be off ours. What it dates to the time of a first attempt, or this much earlier, counts
 * as that attempt's doing.
 */
export const CLOCK_SKEW_MS = 120_000;

/** For effects that cannot be looked up and are the same done twice as once: do it again. */
export const doAgain = async (): Promise<undefined> => undefined;
