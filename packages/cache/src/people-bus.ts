import type { PublishOptions } from "@trunkline/bus";
import type { BodyOf, emailNotification, slackNotification } from "@trunkline/contracts";

/** The part of a bus that speaks to people. */
export interface PeopleBus {
  publish<C extends typeof slackNotification | typeof emailNotification>(
    contract: C,
    body: BodyOf<C>,
    options?: PublishOptions,
  ): Promise<void>;
}
