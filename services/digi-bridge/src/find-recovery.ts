import { type HandlerReply, ok, type RequestContext, refuse, type ServeOptions } from "@trunkline/bus";
import {
  type DigiRecoveryLog,
  digiRecoveryLogs,
  type ParsedBodyOf,
  parseWireDate,
  type rebootDigi,
} from "@trunkline/contracts";
import type { DigiClient } from "./digi-client.ts";
import { logsOutcome, noAnswer } from "./outcome.ts";
import { asTimestamp } from "./parameters.ts";

type Order = ParsedBodyOf<typeof rebootDigi>;

/** How far DiGi's clock may be off ours: so much before a first attempt counts as that attempt's doing. */
const CLOCK_SKEW_MS = 120_000;
const PAGE = 999;

/**
 * Whether the first attempt's order has reached DiGi: its log then has an `API Start` of that edge and ticket. The log
 * does not tell the modems of an edge apart, so another modem's order of that minute counts too; a reboot too few is
 * made up for by the next decision, one too many takes a line down that may have recovered.
 */
export function findRecovery(digi: DigiClient): NonNullable<ServeOptions<typeof rebootDigi>["recover"]> {
  return async (order, context) => {
    const since = new Date(context.firstAttemptAt.getTime() - CLOCK_SKEW_MS);
    for (let offset = 0; ; offset += PAGE) {
      const page = await pageOf(digi, { since, offset }, context);
      if ("status" in page) return page;
      const start = page.logs.find((log) => isStart(log, order, since));
      if (start !== undefined) return ok([recoveryOf(start, order)]);
      if (page.logs.length < PAGE) return undefined;
    }
  };
}

async function pageOf(
  digi: DigiClient,
  { since, offset }: { since: Date; offset: number },
  caller: RequestContext,
): Promise<{ readonly logs: readonly DigiRecoveryLog[] } | HandlerReply> {
  try {
    const query = { start_date_time: asTimestamp(since), size: String(PAGE), offset: String(offset) };
    const reply = logsOutcome(await digi.recoveryLogs(query, caller));
    if (reply.status !== 200) return refuse(500, reply.body);
    const { success, data } = digiRecoveryLogs.safeParse(reply.body);
    return success ? { logs: data.Logs } : refuse(500, "Got an unexpected answer from DiGi");
  } catch (error) {
    return noAnswer(error);
  }
}

function isStart(log: DigiRecoveryLog, { velo_serial, ticket }: Order, since: Date): boolean {
  const startedAt = parseWireDate(log.TimestampSTART ?? "");
  return (
    log.Method === "API Start" &&
    log.VeloSerial === velo_serial &&
    String(log.TicketID) === ticket &&
    log.Success !== false &&
    (startedAt === undefined || startedAt >= since)
  );
}

/** As DiGi words it, with what is known. */
function recoveryOf({ igzID }: DigiRecoveryLog, { velo_serial, ticket }: Order) {
  const Message = `DiGi Device Recovery started, check Bruin ticket ${ticket} later for details.. Process ID = ${igzID}`;
  return { Message, VeloSerial: velo_serial, Ticket: ticket };
}
