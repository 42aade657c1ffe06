import { type BodyOf, type ReplyOf, slackNotification } from "@trunkline/contracts";
import type { JobContext } from "@trunkline/jobs";
import { ask } from "./ask.ts";
import { CallFailed, Unfinished } from "./errors.ts";
import { openJournal } from "./journal.ts";
import { failureMessage } from "./messages.ts";
import type { Monitor } from "./monitor.ts";
import type { Question } from "./subjects.ts";

/**
 * A decision being carried out by a job, in one or several attempts. Whatever changes the world goes through here: it
 * happens in the first attempt that gets so far, under a name that all attempts share, and not again.
 */
export interface Undertaking {
  /** Does a step once over all attempts and returns what it came to. It must not return undefined. */
  once<T>(step: string, run: () => Promise<T>): Promise<T>;
  isDone(step: string): Promise<boolean>;
  /** @throws CallFailed */
  read<C extends Question>(contract: C, body: BodyOf<C>): Promise<ReplyOf<C>>;
  /** Sends a write once. @throws CallFailed, Withheld */
  write<C extends Question>(step: string, contract: C, body: BodyOf<C>): Promise<ReplyOf<C>>;
  /** Tells the Slack channel once. */
  tell(step: string, message: string): Promise<void>;
  /**
   * Does a part of the work on whose success the rest does not depend. People are told when it fails.
   *
   * @param doing completes "could not", such as "append the triage note to ticket 9001"
   * @param run may return false to say that there was nothing it could do
   * @returns whether it was done
   */
  attempt(doing: string, run: () => Promise<unknown>): Promise<boolean>;
  /** @throws Unfinished when something failed that may succeed in another attempt */
  finish(): Promise<void>;
}

/**
 * @param decision unique to the decision, the same in every attempt
 * @param about the edge and its whereabouts, as people are told of failures
 */
export function undertake(
  { bus, redis, environment, troubles }: Pick<Monitor, "bus" | "redis" | "environment" | "troubles">,
  { decision, about, job }: { readonly decision: string; readonly about: string; readonly job: JobContext },
): Undertaking {
  const journal = openJournal({ redis, environment, decision });
  const { signal } = job;
  const unfinished: string[] = [];
  let lastFailure: unknown;

  const once = async <T>(step: string, run: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    return journal.once(step, run);
  };
  const tell = async (step: string, message: string): Promise<void> => {
    await once(`told: ${step}`, async () => {
      await bus.publish(slackNotification, { message }, { messageId: `${decision}/${step}` });
      return true;
    });
  };

  const call = async <C extends Question>(
    contract: C,
    body: BodyOf<C>,
    idempotencyKey?: string,
  ): Promise<ReplyOf<C>> => {
    const answer = await ask(bus, contract, { body, signal, ...(idempotencyKey !== undefined && { idempotencyKey }) });
    troubles.over(contract.subject);
    return answer;
  };

  return {
    once,
    tell,
    isDone: journal.has,
    read: (contract, body) => call(contract, body),
    write: (step, contract, body) => once(step, () => call(contract, body, `${decision}/${step}`)),
    attempt: async (doing, run) => {
      try {
        return (await run()) !== false;
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error;
        job.logger.warn({ err: error, doing }, "a step of a decision failed");
        // A bridge that is away fails every decision; people hear of the bridge once, not of each decision.
        const trouble = error.isTransient ? error.subject : `${about}: ${doing}`;
        await troubles.met(trouble, error, () => tell(`could not ${doing}`, failureMessage({ about, doing, error })));
        if (error.isTransient) unfinished.push(doing);
        lastFailure = error;
        return false;
      }
    },
    finish: async () => {
      if (unfinished.length > 0) throw new Unfinished(unfinished, lastFailure);
      await journal.close();
    },
  };
}
