import { type Handler, type HandlerReply, refuse } from "@trunkline/bus";
import type { ParsedBodyOf, RequestContract } from "@trunkline/contracts";
import type { LoadedLists } from "./loaded-lists.ts";

/** A handler that answers out of the lists; 503 while they cannot be read. */
export function answerFrom<C extends RequestContract, Entry>(
  present: () => Promise<LoadedLists<Entry>>,
  answer: (request: ParsedBodyOf<C>, lists: LoadedLists<Entry>) => HandlerReply,
): Handler<C> {
  return async (request, { logger }) => {
    const lists = await present().catch((error: unknown) => {
      logger.error({ err: error }, "the cache cannot be read");
    });
    return lists === undefined ? refuse(503, "The cache cannot be read at the moment") : answer(request, lists);
  };
}
