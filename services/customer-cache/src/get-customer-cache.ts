import { type Handler, ok, refuse } from "@trunkline/bus";
import { answerFrom } from "@trunkline/cache";
import { type getCustomerCache, parseWireDate, pythonRepr } from "@trunkline/contracts";
import { type LoadedCaches, select } from "./loaded-edges.ts";

/**
 * Answers with the cached edges. 202 means that none of the hosts has ever been built, 404 that the filter matches
 * nothing; when only some of the hosts are built, the answer is what they have.
 */
export function customerCacheHandler(
  hosts: readonly string[],
  present: () => Promise<LoadedCaches>,
): Handler<typeof getCustomerCache> {
  return answerFrom(present, (request, caches) => {
    const named = Object.keys(request.filter);
    const filter = named.length > 0 ? request.filter : Object.fromEntries(hosts.map((host) => [host, []]));
    const asked = Object.keys(filter);
    const building = asked.filter((host) => hosts.includes(host) && !caches.has(host));
    if (building.length > 0 && !asked.some((host) => caches.has(host))) {
      return refuse(202, `Cache is still being built for host(s): ${building.join(", ")}`);
    }
    const heardAfter = parseWireDate(request.last_contact_filter ?? "");
    const edges = select(caches, { hosts: filter, heardAfter });
    if (edges.length > 0) return ok(edges);
    const filters = pythonRepr({ ...request, filter });
    return refuse(404, `No edges were found for the specified filters: ${filters}`);
  });
}
