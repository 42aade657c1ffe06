import { type AcmeState, NOW } from "@trunkline/testkit";
import { type Outage, outage, outageOf } from "../outage.ts";
import { acme } from "./acme.ts";

/** An outage of the fixture's edge that a pass saw three minutes ago. */
export function outageIn(state: AcmeState, outageType: Outage["outageType"] = "Link Down (no HA)"): Outage {
  return outage.parse(
    outageOf(acme(state), { outageType, since: "2022-06-03T14:57:00.000Z", decidedAt: NOW, quiet: false }),
  );
}
