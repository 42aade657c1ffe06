import type { RequestContract } from "@trunkline/contracts";
import * as bruin from "@trunkline/contracts";

export interface MalformedRequest {
  readonly contract: RequestContract;
  readonly body: unknown;
  readonly complaint: unknown;
}

const NO_BODY = 'Must include "body" in request';
const NO_BODY_IN_MESSAGE = 'Must include "body" in the request message';
const detail = "You must include ticket_id and detail_id in the request";
const pause = "You must include ticket_id and service_number or detail_id in the request";
const asset = 'You must specify "client_id", "status", "service_number" in the filter';
const assetBody = 'You must specify {.."body":{"client_id", "status", "service_number"}...} in the request';
const client = 'You must specify "client_id" in the body';
const clientBody = 'You must specify {.."body":{"client_id":...}} in the request';
const tickets =
  'You must specify {..."body:{"client_id", "ticket_topic", "ticket_status":[list of statuses]}...} in the request';
const ticketKeys = 'You must specify "clientId", "category", "services", "contacts" in the body';
const outage = 'Must specify "client_id" and "service_number" to post an outage ticket';
const notes = 'You must include "ticket_id" and "notes" in the body of the request';
const note = 'You must include "text" and any of "service_number" and "detail_id" for every note in the "notes" field';
const work =
  'You must specify {.."body": {"service_number" or "detail_id", "ticket_id", "queue_name"}..} in the request';
const workBody =
  'You must specify {.."body": {"service_number", "ticket_id", "detail_id", "queue_name"}..} in the request';
const nextResults = 'You must specify {.."body": {"ticket_id", "detail_id", "service_number"}...} in the request';
const milestone =
  'You must include "ticket_id", "notification_type" and "service_number" in the "body" field of the response request';
const milestoneBody = 'Must include {.."body":{"ticket_id", "notification_type", "service_number"}, in request';
const topics = "You must include 'client_id' and 'service_number' in the 'body' field of the response request";
const noDict = [{ loc: ["__root__"], msg: "MessageBody expected dict not NoneType", type: "type_error" }];
const missing = (field: string) => ({ loc: [field], msg: "field required", type: "value_error.missing" });
const noInteger = (field: string) => ({
  loc: [field],
  msg: "value is not a valid integer",
  type: "type_error.integer",
});
const isNull = (field: string) => ({
  loc: [field],
  msg: "none is not an allowed value",
  type: "type_error.none.not_allowed",
});

/** For every subject: what is said when there is no body, and about bodies that something is wrong with. */
const complaints: readonly (readonly [
  RequestContract,
  unknown,
  ...(readonly [body: unknown, complaint: unknown])[],
])[] = [
  [bruin.getTickets, NO_BODY, [{ client_id: 1, ticket_topic: "VAS" }, tickets], [{ ticket_status: ["New"] }, tickets]],
  [
    bruin.getTicketsBasic,
    NO_BODY_IN_MESSAGE,
    [{}, 'Must specify "ticket_statuses" in the body of the request'],
    [{ ticket_statuses: ["New", 5] }, "body.ticket_statuses.1: expected string, received number"],
  ],
  [
    bruin.getSingleTicketBasic,
    NO_BODY_IN_MESSAGE,
    [{}, 'Must specify "ticket_id" in the body of the request'],
    [{ ticket_id: 0 }, "body.ticket_id: expected a ticket's number"],
  ],
  [bruin.getTicketDetails, NO_BODY, [{ ticket_id: null }, "You must include ticket_id in the request"]],
  [bruin.getTicketOverview, NO_BODY, [{}, 'Must include "ticket_id" in body']],
  [
    bruin.getTaskHistory,
    'You must specify {.."body":{"ticket_id"}...} in the request',
    [{}, 'You must specify "ticket_id" in the body'],
  ],
  [
    bruin.getNextResults,
    nextResults,
    [{ ticket_id: 1, detail_id: 2 }, nextResults],
    [{ ticket_id: 1, detail_id: null, service_number: "VC1" }, nextResults],
  ],
  [
    bruin.getDetailIds,
    NO_BODY,
    [{ ticket_id: 1, detail_id: 2 }, "You must include ticket_id, detail_id and interfaces in the request"],
    [
      { ticket_id: 1, detail_id: 2, interfaces: null },
      "You must include ticket_id, detail_id and interfaces in the request",
    ],
  ],
  [
    bruin.createOutageTicket,
    NO_BODY,
    [{ client_id: 1 }, outage],
    [{ service_number: "VC1" }, outage],
    [{ client_id: 1, service_number: null }, '"client_id" and "service_number" must have non-null values'],
  ],
  [
    bruin.createTicket,
    'You must specify {.."body":{"clientId", "category", "services", "contacts"}, in the request',
    [{ clientId: 1, category: "VAS", services: [{ serviceNumber: "VC1" }] }, ticketKeys],
    [{ category: "VAS", services: [{ serviceNumber: "VC1" }], contacts: [] }, ticketKeys],
  ],
  [
    bruin.appendTicketNote,
    NO_BODY,
    [{ ticket_id: 1 }, 'You must include "ticket_id" and "note" in the "body" field of the response request'],
    [{ note: "x" }, 'You must include "ticket_id" and "note" in the "body" field of the response request'],
  ],
  [
    bruin.appendTicketNotes,
    NO_BODY,
    [{ ticket_id: 1 }, notes],
    [{ notes: [] }, notes],
    [{ ticket_id: 1, notes: [{ text: "x", detail_id: 2 }, { text: "x" }] }, note],
    [{ ticket_id: 1, notes: [{ service_number: "VC1" }] }, note],
  ],
  [
    bruin.changeTicketSeverity,
    NO_BODY_IN_MESSAGE,
    [{ ticket_id: 1, severity: 2 }, 'You must specify "ticket_id", "severity" and "reason" in the body'],
  ],
  [
    bruin.closeTicket,
    NO_BODY,
    [{ ticket_id: 1, close_note: "" }, "You must include ticket_id and close_note in the request"],
  ],
  [
    bruin.subscribeUser,
    noDict,
    [
      { ticket_id: "x", user_email: null },
      [noInteger("ticket_id"), isNull("user_email"), missing("subscription_type")],
    ],
  ],
  [bruin.openTicketDetail, NO_BODY, [{ ticket_id: 1 }, detail], [{ ticket_id: "", detail_id: 1 }, detail]],
  [bruin.resolveTicketDetail, NO_BODY, [{ detail_id: 1 }, detail]],
  [bruin.unpauseTicketDetail, NO_BODY, [{ ticket_id: 1 }, pause], [{ service_number: "VC1" }, pause]],
  [
    bruin.changeTicketWork,
    workBody,
    [{ ticket_id: 1, queue_name: "HNOC Investigate" }, work],
    [{ ticket_id: 1, service_number: "VC1" }, work],
    [{ queue_name: "HNOC Investigate", detail_id: 1 }, work],
  ],
  [
    bruin.getCustomerInfo,
    'You must specify {.."body":{"service_number":...}} in the request',
    [{}, 'You must specify "service_number" in the body'],
  ],
  [
    bruin.getCustomerByPhoneNumber,
    'You must specify {.."body":{"did":...}} in the request',
    [{}, 'You must specify "did" in the body'],
  ],
  [bruin.getSite, clientBody, [{ site_id: 1 }, client], [{ client_id: 1 }, 'You must specify "site_id" in the body']],
  [bruin.getTicketContacts, clientBody, [{}, client]],
  [bruin.getInventoryAttributes, assetBody, [{ client_id: 1, service_number: "VC1" }, asset]],
  [bruin.getSerialNumber, assetBody, [{ client_id: 1, status: "A" }, asset]],
  [bruin.getManagementStatus, assetBody, [{ status: "A", service_number: "VC1" }, asset]],
  [
    bruin.getCircuit,
    'You must specify {.."body":{"circuit_id"}...} in the request',
    [{ client_id: 1 }, 'You must specify "circuit_id" in the body'],
  ],
  [
    bruin.getAssetTopics,
    'Must include {.."body":{"client_id", "service_number"}, ..} in request',
    [{ client_id: 1 }, topics],
    [{ client_id: null, service_number: "VC1" }, topics],
    [{ client_id: "x", service_number: "VC1" }, "body.client_id should be an int"],
    [{ client_id: 1, service_number: "" }, "body.service_number can't be empty"],
  ],
  [
    bruin.tagEmail,
    NO_BODY,
    [{ email_id: 1 }, 'You must include "email_id" and "tag_id" in the "body" field of the response request'],
  ],
  [
    bruin.linkTicketToEmail,
    NO_BODY,
    [{ ticket_id: 1 }, 'You must include "ticket_id" and "email_id" in the "body" field of the request'],
  ],
  [bruin.markEmailDone, NO_BODY, [{ email_id: "" }, "You must include email_id in the request"]],
  [bruin.setEmailStatus, noDict, [{ email_id: 1 }, [missing("email_status")]]],
  [bruin.replyToEmail, noDict, [{ reply_body: "x" }, [missing("parent_email_id")]]],
  [bruin.sendMilestoneEmail, milestoneBody, [{ ticket_id: 1, service_number: "VC1" }, milestone]],
];

export const malformedRequests: readonly MalformedRequest[] = complaints.flatMap(([contract, noBody, ...others]) =>
  [[null, noBody] as const, ...others].map(([body, complaint]) => ({ contract, body, complaint })),
);
