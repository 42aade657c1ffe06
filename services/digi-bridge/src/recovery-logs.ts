import type { Handler } from "@trunkline/bus";
import type { getDigiRecoveryLogs } from "@trunkline/contracts";
import type { DigiClient } from "./digi-client.ts";
import { logsOutcome, noAnswer } from "./outcome.ts";

/** One page of DiGi's recovery log, as DiGi gives it. */
export function recoveryLogs(digi: DigiClient): Handler<typeof getDigiRecoveryLogs> {
  return async (query, context) => {
    try {
      return logsOutcome(await digi.recoveryLogs(query, context));
    } catch (error) {
      return noAnswer(error);
    }
  };
}
