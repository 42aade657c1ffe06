import { z } from "zod";
import { contractsOf } from "./contract.ts";
import { wireId } from "./wire.ts";

// What the contracts of Bruin's subjects share.

export const { request } = contractsOf("bruin-bridge", "bruin_bridge");

export const NO_BODY = 'Must include "body" in request';
export const NO_BODY_IN_MESSAGE = 'Must include "body" in the request message';
/** What the fleet's subjects that list wrong fields call a body. */
export const MODEL = "MessageBody";

export const ticketId = wireId.refine((number) => number > 0, "expected a ticket's number");
export const detailId = wireId.refine((number) => number > 0, "expected a detail's number");
export const serviceNumber = z.string().min(1).describe("An edge's serial or a line's WTN");
/** What a query's value may be; Bruin reads all of them as text. */
export const queryValue = z.union([z.string(), z.number()]);
/** A filter beyond the known ones, handed to Bruin in its own spelling; lists become repeated keys. */
const filterValue = z.union([z.string(), z.number(), z.boolean()]);
export const filter = z.union([filterValue, z.array(filterValue)]).nullish();
/** Requesters send numbers or texts, and Bruin gets what they sent. */
export const anyId = z.union([z.int(), z.string().min(1)]);
/** Bruin answers simple writes with any JSON, often the text "Success". */
export const anything = z.unknown();
