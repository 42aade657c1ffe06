import { z } from "zod";
import { contractsOf } from "./contract.ts";

const { request } = contractsOf("digi-bridge", "digi_bridge");

const NO_BODY = 'Must include "body" in request';

/** DiGi takes its parameters as HTTP headers: printable ASCII. A number is sent as its digits. */
const parameter = z.union([
  z
    .string()
    .min(1)
    .regex(/^[\x20-\x7e]*$/, "expected printable ASCII"),
  z.number().transform(String),
]);

const text = z.string().nullable().catch(null);
/** An id or a count, which DiGi writes as a number or as its digits. */
const digits = z.union([z.string(), z.number()]).nullable().catch(null);

/** DiGi's word that it has begun to recover a device; with `error`, or a `Message` that says `Aborted`, that it has not. */
const recovery = z.looseObject({ Message: text, VeloSerial: text });

/** One step of a recovery: DiGi tries one way after the other to wake a device up. */
export const digiRecoveryLog = z.looseObject({
  Id: digits,
  igzID: digits.describe("The recovery that the step belongs to"),
  Method: text.describe("API Start, Ping, SSH, SMS, OEMPortal"),
  VeloSerial: text,
  TicketID: digits,
  Success: z.boolean().nullable().catch(null).describe("Whether the step brought the device back"),
  TimestampSTART: text.describe("`2022-06-01T16:08:26Z`"),
  TimestampEND: text,
});
export type DigiRecoveryLog = z.output<typeof digiRecoveryLog>;

/** A page of DiGi's recovery log. */
export const digiRecoveryLogs = z.looseObject({ Logs: z.array(digiRecoveryLog), Count: digits });

export const rebootDigi = request({
  subject: "digi.reboot",
  effect: "write",
  timeoutSeconds: 150,
  description: "Has DiGi recover the modem behind an edge's link; DiGi goes on with it after the answer.",
  body: z.looseObject({
    velo_serial: parameter.describe("The edge's serial number"),
    ticket: parameter.describe("The Bruin ticket that DiGi reports to"),
    MAC: parameter.describe("The link's logical id, such as `00:04:2d:11:22:33:0000`"),
  }),
  reply: z.union([z.array(recovery), recovery]),
  complaints: {
    noBody: NO_BODY,
    emptyBody: NO_BODY,
    missingKey: 'You must include "velo_serial", "ticket", "MAC" in the "body" field of the response request',
  },
});

export const getDigiRecoveryLogs = request({
  subject: "get.digi.recovery.logs",
  effect: "read",
  timeoutSeconds: 150,
  description: "Steps that DiGi took to recover devices, since a moment or of one recovery.",
  body: z
    .looseObject({
      igzID: parameter.optional().describe("One recovery; all of them when absent"),
      start_date_time: parameter.optional().describe("Handed to DiGi as it is"),
      size: parameter.optional().describe("At most so many steps; DiGi's default when absent"),
      offset: parameter.optional(),
    })
    .refine((query) => Object.keys(query).length > 0, "expected at least one key"),
  reply: digiRecoveryLogs,
  complaints: { noBody: NO_BODY, emptyBody: NO_BODY },
});
