import { type Handler, ok } from "@trunkline/bus";
import type { requestProbes } from "@trunkline/contracts";
import { allRecords } from "./all-records.ts";
import type { HawkeyeClient } from "./hawkeye-client.ts";
import { withReader } from "./reader.ts";

/** Probes, all pages joined; an empty filter is none. */
export function listProbes(hawkeye: Pick<HawkeyeClient, "get">): Handler<typeof requestProbes> {
  return ({ serial_number, status }, context) => {
    const query = { serial_number: serial_number || null, status: status || null };
    return withReader(hawkeye, context, async (reader) =>
      ok(await allRecords(reader, { path: "/probes", query, key: "probeId" })),
    );
  };
}
