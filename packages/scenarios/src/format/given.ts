import { z } from "zod";
import { isoMoment, moment } from "./moment.ts";

const text = z.string().nullable().optional();
const number = z.number().nullable().optional();

/** A link of an edge: as the network sees it, and as the customer's inventory knows it. */
const link = z.strictObject({
  state: text.describe("STABLE, DISCONNECTED, ...; STABLE when absent"),
  label: text,
  ip: text,
  line: text.describe("the line's service number (WTN)"),
  access: text.describe("access type in the inventory, such as Ethernet/T1/MPLS"),
  logicalId: text,
  mode: text.describe("PUBLIC or PRIVATE; PUBLIC when absent"),
  type: text.describe("WIRED or WIRELESS; without it the interface is absent from the WAN configuration"),
});

const event = z.strictObject({
  event: z.string().describe("EDGE_UP, EDGE_DOWN, LINK_ALIVE, LINK_DEAD, ..."),
  at: moment,
  category: text,
  message: text,
});

const edge = z.strictObject({
  host: z.string().optional().describe("the Orchestrator"),
  name: text,
  id: z.int().optional(),
  enterprise: z.strictObject({ id: z.int().optional(), name: text }).optional(),
  client: z.strictObject({ id: z.int().optional(), name: text }).optional(),
  tzOffset: number.describe("hours between the site and UTC"),
  state: text.describe("CONNECTED, OFFLINE, NEVER_ACTIVATED, ...; CONNECTED when absent"),
  lastContact: moment.optional(),
  pair: z
    .strictObject({ serial: text, state: text.describe("READY, FAILED, ...") })
    .optional()
    .describe("its standby; the cache knows both serials"),
  cached: z.boolean().optional().describe("false: the customer cache does not know it"),
  listed: z.boolean().optional().describe("false: the Orchestrator's list of edges and pairs leaves it out"),
  links: entries(link).describe("by interface").optional(),
  events: z.array(event).optional(),
});

const detail = z.strictObject({
  value: text.describe("its service number: a serial or a line's WTN"),
  status: text.describe("I in progress, R resolved, C closed; I when absent"),
  task: text.describe("the queue it lies in"),
  assignedTo: text,
});

const note = z.strictObject({
  text: z.string().nullable(),
  at: moment,
  on: z.array(z.string()).nullable().optional().describe("service numbers; null and absent are for every line"),
});

const ticket = z.strictObject({
  open: z.boolean().optional().describe("false: it is not among the open tickets"),
  client: number,
  created: moment.optional(),
  createdBy: text,
  severity: number,
  topic: text.describe("VOO or VAS; VOO when absent"),
  status: text.describe("New, InProgress, Draft, ...; InProgress when absent"),
  details: entries(detail).describe("by number").optional(),
  notes: z.array(note).optional(),
});

const creationItem = z.strictObject({
  code: number,
  ticket: z.int().optional(),
  error: text,
});

/** What Bruin answers to a request for an outage ticket: for each service number its code, or more than that. */
const creation = z.strictObject({
  ticket: z.int().optional().describe("the number of the ticket that it answers with"),
  message: text,
  items: z
    .array(
      z
        .record(z.string(), z.union([z.number(), creationItem]).nullable())
        .refine((item) => Object.keys(item).length === 1, "expected one service number and its code"),
    )
    .optional()
    .describe("service number → code, one by one"),
});

const replyObject = z.strictObject({ status: z.int().optional(), body: z.json().optional() });
const reply = z.union([z.int().min(100), replyObject], {
  error: "expected a status, such as 500, or an object with `status` or `body`",
});

/** What holds when a scenario begins, or from a step on. */
export const given = z.strictObject({
  now: isoMoment.optional(),
  environment: z.record(z.string(), z.json()).optional().describe("the service's variables"),
  edges: entries(edge).optional().describe("by serial"),
  tickets: entries(ticket).optional().describe("by number"),
  creation: creation.optional(),
  replies: z
    .record(z.string(), z.union([reply, z.array(reply), z.null()]))
    .optional()
    .describe("by subject, in place of the world's answer; a list is used up one by one"),
});

/** What a later layer changes is merged into it. */
export type Given = z.output<typeof given>;
export type Edge = z.output<typeof edge>;
export type Link = z.output<typeof link>;
export type Ticket = z.output<typeof ticket>;
export type Detail = z.output<typeof detail>;
export type ScriptedReply = z.output<typeof reply>;

/** Entries by name; null takes away what a base has. */
function entries<Entry extends z.ZodType>(entry: Entry) {
  return z.record(z.string(), entry.nullable());
}
