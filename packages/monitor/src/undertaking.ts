import type { RequestOptions } from "@trunkline/bus";
import { type BodyOf, type ReplyOf, type RequestContract, slackNotification } from "@trunkline/contracts";
import type { JobContext } from "@trunkline/jobs";
import { ask } from "./ask.ts";
import type { Desk } from "./desk.ts";
import { CallFailed, Unfinished, Withheld } from "./errors.ts";
import { type Journal, openJournal } from "./journal.ts";
import { failureMessage } from "./place.ts";

/**
 * A decision being carried out by a job, in one or several attempts. Whatever changes the world goes through here: it
 * happens in the first attempt that gets so far, under a name that all attempts share, and not again.
 */
export interface Undertaking<Q extends RequestContract> {
  /** Does a step once over all attempts and returns what it came to. It must not return undefined. */
  once<T>(step: string, run: () => Promise<T>): Promise<T>;
  isDone(step: string): Promise<boolean>;
  /** @throws CallFailed */
  read<C extends Q>(contract: C, body: BodyOf<C>): Promise<ReplyOf<C>>;
  /** Sends a write once. @throws CallFailed, Withheld */
  write<C extends Q>(step: string, contract: C, body: BodyOf<C>): Promise<ReplyOf<C>>;
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
}

/** What is to be carried out. */
export interface Task {
  /** What it is about, such as an edge or a ticket's detail: at any time there is one decision about it. */
  readonly on: string;
  /** Tells this decision from later ones about the same; the same in every attempt. */
  readonly occasion: string;
  /** How people are told which edge it is. */
  readonly about: string;
  readonly job: JobContext;
}

/**
 * Carries a decision out.
 *
 * @throws Unfinished when something failed that may succeed in another attempt
 */
export async function undertake<Q extends RequestContract>(
  desk: Desk<Q>,
  task: Task,
  carryOut: (work: Undertaking<Q>) => Promise<void>,
): Promise<void> {
  const { withheldDecisions, redis, prefix } = desk;
  const fresh = `${task.on}/${task.occasion}`;
  const decision = await withheldDecisions.nameFor(task.on, fresh);
  const journal = openJournal({ redis, prefix, decision });
  const unfinished: string[] = [];
  try {
    await carryOut(undertaking(desk, { ...task, decision, journal, unfinished }));
    if (unfinished.length > 0) throw new Unfinished(unfinished);
    await journal.close();
    if (decision !== fresh) await withheldDecisions.carriedOut(task.on);
  } catch (error) {
    if (!(error instanceof Withheld)) throw error;
    // What would follow builds on the effect.
    task.job.logger.info({ subject: error.subject }, "a decision ends with a write that the dry run withheld");
    await withheldDecisions.withheld(task.on, decision);
  }
}

interface Course extends Task {
  readonly decision: string;
  readonly journal: Journal;
  /** Gets what failed and may succeed in another attempt. */
  readonly unfinished: string[];
}

function undertaking<Q extends RequestContract>({ bus, troubles }: Desk<Q>, course: Course): Undertaking<Q> {
  const { decision, journal, about, job, unfinished } = course;
  const { signal, logger } = job;

  const once = async <T>(step: string, run: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    return journal.once(step, run);
  };
  const call = async <C extends Q>(contract: C, body: BodyOf<C>, options?: RequestOptions) => {
    const answer = await ask(bus, contract, { body, signal, ...options });
    await troubles.over(contract.subject);
    await troubles.overFor(`${about}: ${contract.subject}`);
    return answer;
  };
  const tell = async (step: string, message: string): Promise<void> => {
    await once(`told: ${step}`, async () => {
      await bus.publish(slackNotification, { message }, { messageId: `${decision}/${step}` });
      return true;
    });
  };
  const failed = async (doing: string, error: CallFailed): Promise<void> => {
    logger.warn({ err: error, doing }, "a step of a decision failed");
    const tellOfIt = () => tell(`could not ${doing}`, failureMessage({ about, doing, error }));
    // A bridge that is away fails every decision; people hear of the bridge once, not of each decision.
    const part = { whose: `${about}: ${error.subject}`, everybodys: error.subject };
    if (error.isTransient) await troubles.metBy(part, error, tellOfIt);
    else await troubles.met(`${about}: ${doing}`, error, tellOfIt);
    if (error.isTransient) unfinished.push(doing);
  };

  return {
    once,
    tell,
    isDone: journal.has,
    read: (contract, body) => call(contract, body),
    write: (step, contract, body) => once(step, () => call(contract, body, { idempotencyKey: `${decision}/${step}` })),
    attempt: async (doing, run) => {
      try {
        return (await run()) !== false;
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error;
        await failed(doing, error);
        return false;
      }
    },
  };
}
