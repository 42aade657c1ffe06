import { appendTicketNote, changeTicketWork, rebootDigi } from "@trunkline/contracts";
import { currentCycle, renderDigiReboot, renderDigiRebootFailed, WIRELESS_QUEUE } from "@trunkline/notes";
import { isEdgeDown } from "@trunkline/sdwan";
import type { Documentation } from "../documentation/documentation.ts";
import { handedOverMessage, rebootedMessage } from "../messages.ts";
import { type FaultyModem, faultyModems, outageFacts } from "../outage.ts";
import { decideModem } from "./decide-modem.ts";

/** Reboots every DiGi modem whose link is down: most come back by themselves then. */
export async function rebootModems(on: Documentation): Promise<void> {
  for (const modem of faultyModems(on.outage, on.monitor.settings.digiHeaders)) {
    const isRebooted = await reboot(on, modem);
    if (!isRebooted) continue;
    await tellOfReboot(on, modem);
    await noteReboot(on, modem);
  }
}

/** Looks after modems of a ticket that was there before. While the edge itself is down nothing is known about them. */
export async function followUpModems(on: Documentation): Promise<void> {
  const { monitor, outage, work } = on;
  const modems = isEdgeDown(outage.status) ? [] : faultyModems(outage, monitor.settings.digiHeaders);
  for (const modem of modems) {
    const verdict = await work.once(`what about the modem on ${modem.interface}`, async () => {
      const { ticketNotes } = await on.ticket();
      const cycle = currentCycle(ticketNotes, new Set([outage.status.serial]));
      const graceMs = monitor.settings.digiGraceMs;
      return decideModem(modem.interface, cycle, { now: monitor.clock.now(), graceMs });
    });
    if (verdict === "hand over") await handOver(on, modem);
    if (verdict === "reboot" && (await reboot(on, modem))) {
      await noteReboot(on, modem);
      await tellOfReboot(on, modem);
    }
  }
}

function reboot({ outage, ticketId, work }: Documentation, modem: FaultyModem): Promise<boolean> {
  return work.attempt(`reboot the modem on ${modem.interface}`, () =>
    work.write(`reboot ${modem.interface}`, rebootDigi, {
      velo_serial: outage.status.serial,
      ticket: String(ticketId),
      MAC: modem.logicalId,
    }),
  );
}

async function tellOfReboot(on: Documentation, modem: FaultyModem): Promise<void> {
  await on.tell(
    `rebooted ${modem.interface}`,
    rebootedMessage(on.outage, { ticketId: on.ticketId, interface: modem.interface }, on.monitor.settings),
  );
}

async function noteReboot({ monitor, outage, ticketId, work }: Documentation, modem: FaultyModem): Promise<void> {
  const { serial } = outage.status;
  await work.attempt(`append the note of a reboot to ticket ${ticketId}`, async () => {
    const note = await work.once(`note of ${modem.interface}`, async () =>
      renderDigiReboot(
        { serial, interface: modem.interface, writtenAt: monitor.clock.now() },
        monitor.settings.timeZone,
      ),
    );
    await work.write(`note of ${modem.interface}, appended`, appendTicketNote, {
      ticket_id: ticketId,
      note,
      service_numbers: [serial],
    });
  });
}

/** People get the edge's task, once for all its modems. */
async function handOver(on: Documentation, modem: FaultyModem): Promise<void> {
  const { monitor, outage, ticketId, work } = on;
  const { serial } = outage.status;
  const key = `${ticketId}-${serial}-WIRELESS`;
  if ((await monitor.forwards.has(key)) && !(await work.isDone("hand over"))) return;
  const isHandedOver = await work.attempt(`forward ticket ${ticketId} to ${WIRELESS_QUEUE}`, async () => {
    const detailId = await on.detailOfEdge();
    if (detailId === null) return false;
    await work.write("hand over", changeTicketWork, {
      ticket_id: ticketId,
      queue_name: WIRELESS_QUEUE,
      service_number: serial,
      detail_id: detailId,
    });
    await monitor.forwards.remember(key);
    return true;
  });
  if (!isHandedOver) return;
  await work.once("count handed over", async () => {
    monitor.metrics.forwarded(outageFacts(outage, monitor.settings), WIRELESS_QUEUE);
    return true;
  });
  await work.attempt(`append the note of a failed reboot to ticket ${ticketId}`, async () => {
    const note = await work.once("note of the failed reboot", async () =>
      renderDigiRebootFailed(monitor.clock.now(), monitor.settings.timeZone),
    );
    await work.write("note of the failed reboot, appended", appendTicketNote, { ticket_id: ticketId, note });
  });
  await on.tell("handed over", handedOverMessage(outage, { ticketId, interface: modem.interface }, monitor.settings));
}
