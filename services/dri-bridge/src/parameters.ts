import type { Handler, HandlerReply } from "@trunkline/bus";
import type { requestDriParameters } from "@trunkline/contracts";
import { type Caller, explainFailure, ThirdPartyError } from "@trunkline/http";
import type { DriClient } from "./dri-client.ts";
import { newestPending, type Standing, standingOf, startedTask } from "./task-answers.ts";
import type { KnownTask, Question, TaskMemory } from "./task-memory.ts";
import type { Turns } from "./turns.ts";

export interface ParametersParts {
  readonly dri: DriClient;
  readonly memory: TaskMemory;
  readonly turns: Turns;
}

/**
 * Parameters of a device. DataRemote asks the device in a task of its own, which takes longer than anybody waits: the
 * first request begins the task, and later ones look at it until it is done, for as long as the memory keeps it.
 */
export function deviceParameters({ dri, memory, turns }: ParametersParts): Handler<typeof requestDriParameters> {
  return ({ serial_number: serial, parameter_set: parameterSet }, caller) =>
    // One after the other for a device, so that the second finds the task that the first has begun.
    turns.take(serial, async () => {
      try {
        return await ask({ serial, parameterSet }, caller);
      } catch (error) {
        return explainFailure(error, "DRI");
      }
    });

  async function ask(question: Question, caller: Caller): Promise<HandlerReply> {
    const known = (await memory.recall(question)) ?? (await findPending(question, caller));
    if (known === undefined) return await begin(question, caller);
    if ("status" in known) return known;
    const standing = await lookAt(question, known, caller);
    if (standing.kind === "done" && !known.isOurs && !covers(standing.reply.body, question)) {
      // It was about other parameters.
      return await begin(question, caller);
    }
    return standing.reply;
  }

  /** A task that somebody else, or a bridge that has forgotten it, has begun. */
  async function findPending(question: Question, caller: Caller): Promise<KnownTask | HandlerReply | undefined> {
    const pending = newestPending(await dri.pendingTasks(question.serial, caller));
    if (!pending.ok) return pending.reply;
    if (pending.value === undefined) return undefined;
    const found = { id: pending.value, isOurs: false };
    await memory.remember(question, found);
    return found;
  }

  async function begin(question: Question, caller: Caller): Promise<HandlerReply> {
    const { serial, parameterSet } = question;
    const begun = startedTask(await dri.startTask(serial, parameterSet, caller), serial);
    if (!begun.ok) return begun.reply;
    const task = { id: begun.value, isOurs: true };
    await memory.remember(question, task);
    return (await lookAt(question, task, caller)).reply;
  }

  /** A task that came to nothing is forgotten, so that the next request begins another one. */
  async function lookAt(question: Question, task: KnownTask, caller: Caller): Promise<Standing> {
    try {
      const standing = standingOf(await dri.taskResult(question.serial, task.id, caller), question.serial);
      if (standing.kind === "over") await memory.forget(question, task);
      return standing;
    } catch (error) {
      const isAboutTask = !(error instanceof ThirdPartyError && error.reason === "login-failed");
      if (isAboutTask) await memory.forget(question, task);
      throw error;
    }
  }
}

/** Whether there is a value for each name; a name that ends in a dot stands for all that begin with it. */
function covers(values: Readonly<Record<string, unknown>>, { parameterSet }: Question): boolean {
  const found = Object.keys(values);
  return parameterSet.ParameterNames.every((name) =>
    found.some((each) => each === name || (name.endsWith(".") && each.startsWith(name))),
  );
}
