import { type HandlerReply, ok } from "@trunkline/bus";
import { z } from "zod";
import { explainFailure, UNEXPECTED } from "./outcome.ts";

const receipt = z.object({ message: z.string() });

/** The reply to a call that saves something: T7's message about it. */
export async function saved(call: Promise<unknown>): Promise<HandlerReply> {
  try {
    const { success, data } = receipt.safeParse(await call);
    return success ? ok(data.message) : UNEXPECTED;
  } catch (error) {
    return explainFailure(error);
  }
}
