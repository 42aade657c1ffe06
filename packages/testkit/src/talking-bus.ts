import type { Bus, Reply } from "@trunkline/bus";

/** What a subject answers: a status and a body, or just the body of a success. */
export type Answer = (body: Record<string, unknown>) => unknown;

/** A refusal. */
export class Refused {
  readonly status: number;

  constructor(status: number) {
    this.status = status;
  }
}

/** For what is above the bus: answers at once, from memory. Subjects are what is asked, messages what is told. */
export function talkingBus(answers: Readonly<Record<string, Answer>>) {
  const subjects: string[] = [];
  const messages: string[] = [];
  const bus = {
    request: async ({ subject }: { subject: string }, body: Record<string, unknown>): Promise<Reply<unknown>> => {
      subjects.push(subject);
      const answer = await answers[subject]?.(body);
      if (answer instanceof Refused) return { ok: false, status: answer.status, body: null, withheld: false };
      return { ok: true, status: 200, body: answer };
    },
    publish: async (_: unknown, { message }: { message: string }) => {
      messages.push(message);
    },
  };
  return { bus: bus as unknown as Pick<Bus, "request" | "publish">, subjects, messages };
}
