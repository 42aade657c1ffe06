import { type Handler, type HandlerReply, refuse } from "@trunkline/bus";
import { type createOutageTicket, outageCreation, outageErrorCodes, type ParsedBodyOf } from "@trunkline/contracts";
import { isSuccess, UNREACHABLE } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";

type Outage = ParsedBodyOf<typeof createOutageTicket>;

const PATH = "/api/Ticket/repair";
/** What support agents and reports know these tickets by. */
const DESCRIPTION = "MetTel's IPA -- Service Outage Trouble";
const EXISTING: ReadonlySet<number> = new Set(Object.values(outageErrorCodes));

/** Opens an outage ticket, or names the one that covers the asset already. */
export function openOutageTicket(bruin: BruinClient): Handler<typeof createOutageTicket> {
  return async (outage, context) => {
    const payload = repairPayload(outage);
    const texts = {
      forbidden: `Permissions to create a new outage ticket with payload ${JSON.stringify(payload)} were not granted`,
      notFound: `Check mistypings in URL: ${bruin.urlOf(PATH)}`,
      unreachable: UNREACHABLE.cause,
    };
    const reply = await bruin.call({ method: "POST", path: PATH, json: payload, texts }, context);
    if (!isSuccess(reply.status) || outage.get_full_response) return reply;
    const short = shortForm(reply, outage);
    // Operators have an alarm on the text of a ticket that has no number.
    if (short.status >= 500) context.logger.error(String(short.body));
    return short;
  };
}

export function serviceNumbersOf({ service_number }: Outage): string[] {
  return [service_number].flat();
}

export function repairPayload(outage: Outage): Record<string, unknown> {
  const numbers = serviceNumbersOf(outage);
  const { ticket_contact, interfaces } = outage;
  return {
    ClientID: outage.client_id,
    WTNs: numbers,
    RequestDescription: DESCRIPTION,
    ...(ticket_contact && { ticketContact: ticket_contact }),
    ...(interfaces?.length && { WtnInterfaces: { [numbers[0] ?? ""]: interfaces } }),
  };
}

/** The first asset's outcome as status and ticket number, which is all that most requesters look at. */
export function shortForm(reply: HandlerReply, outage: Outage): HandlerReply {
  const creation = outageCreation.safeParse(reply.body);
  const [item] = creation.data?.items ?? [];
  if (item === undefined) return refuse(500, "Bruin answered the creation of an SO ticket without any asset");
  if (item.ticketId === 0) return refuse(503, noTicket(outage));
  const { errorCode } = item;
  const status = errorCode !== null && EXISTING.has(errorCode) ? errorCode : reply.status;
  return { status, body: item.ticketId };
}

function noTicket(outage: Outage): string {
  const device = serviceNumbersOf(outage).join(", ");
  return (
    `Bruin reported a ticket ID = 0 after SO ticket creation for device ${device}. ` +
    "This functionality might be temporarily unavailable."
  );
}
