import { type HandlerReply, ok, refuse } from "@trunkline/bus";
import type { RequestContract } from "@trunkline/contracts";
import type { Given, ScriptedReply } from "../format/given.ts";
import type { Answers } from "./answers.ts";
import { bruinAnswers } from "./bruin.ts";
import { customerCacheAnswers } from "./customer-cache.ts";
import { digiAnswers } from "./digi.ts";
import { networkAnswers } from "./network.ts";
import { createState } from "./state.ts";

/** Everything behind the bridges of one scenario. */
export interface World {
  answer(contract: RequestContract, body: unknown): HandlerReply;
  change(changes: Given): void;
}

/** What a scenario scripts comes first, then what is known of the world; other writes succeed, other reads fail. */
export function createWorld(initial: Given, now: () => Date): World {
  const state = createState(initial, now());
  const answers: Answers = {
    ...networkAnswers(state),
    ...customerCacheAnswers(state),
    ...bruinAnswers(state, now),
    ...digiAnswers,
  };
  /** How many replies of a list are used up. */
  const used = new Map<string, number>();
  return {
    change: (changes) => {
      for (const subject of Object.keys(changes.replies ?? {})) used.delete(subject);
      state.change(changes);
    },
    answer: ({ subject, effect }, body) => {
      const scripted = next(state.current().replies?.[subject], subject, used);
      if (scripted !== undefined) return handlerReply(scripted);
      const known = Object.hasOwn(answers, subject) ? answers[subject] : undefined;
      if (known !== undefined) return known(body as Record<string, unknown>);
      return effect === "write" ? ok("Success") : refuse(500, `the scenario has no reply for ${subject}`);
    },
  };
}

function next(
  replies: ScriptedReply | readonly ScriptedReply[] | null | undefined,
  subject: string,
  used: Map<string, number>,
): ScriptedReply | undefined {
  if (replies === undefined || replies === null) return undefined;
  if (!Array.isArray(replies)) return replies as ScriptedReply;
  const index = used.get(subject) ?? 0;
  used.set(subject, index + 1);
  return replies[index];
}

function handlerReply(reply: ScriptedReply): HandlerReply {
  if (typeof reply === "number") return { status: reply, body: `scripted: ${reply}` };
  return { status: reply.status ?? 200, body: reply.body ?? null };
}
