import type { Handler } from "@trunkline/bus";
import type { rebootDigi } from "@trunkline/contracts";
import type { DigiClient } from "./digi-client.ts";
import { noAnswer, orderOutcome } from "./outcome.ts";

/** Orders the recovery of a modem. A second order is a second reboot, so a doubt is settled by looking. */
export function reboot(digi: DigiClient): Handler<typeof rebootDigi> {
  return async (order, context) => {
    try {
      return orderOutcome(await digi.recoverDevice(order, context));
    } catch (error) {
      return noAnswer(error);
    }
  };
}
