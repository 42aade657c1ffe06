import type { HandlerReply } from "@trunkline/bus";

/** What a third party answers, by subject. */
export type Answers = Readonly<Record<string, (body: Record<string, unknown>) => HandlerReply>>;
