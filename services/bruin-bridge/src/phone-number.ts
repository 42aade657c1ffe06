import type { Handler } from "@trunkline/bus";
import type { getCustomerByPhoneNumber } from "@trunkline/contracts";
import { UNREACHABLE } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";

/** The client that a phone number is dialled into. */
export function findByPhoneNumber(bruin: BruinClient): Handler<typeof getCustomerByPhoneNumber> {
  return ({ did }, context) =>
    bruin.call(
      {
        method: "GET",
        path: "/api/Inventory/phoneNumber/Lines",
        // The small letters are Bruin's.
        query: { phoneNumber: did, phoneNumberType: "DID" },
        texts: { unreachable: UNREACHABLE.plain },
      },
      context,
    );
}
