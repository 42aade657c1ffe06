import { type Handler, ok, refuse } from "@trunkline/bus";
import { answerFrom, isHeardAfter, type LoadedLists } from "@trunkline/cache";
import { type CachedProbe, type getHawkeyeCustomerCache, parseWireDate, pythonRepr } from "@trunkline/contracts";

/** The name of the only list. */
export const LIST = "hawkeye";

/** Answers with the cached devices. 202 means that they have never been built, 404 that the filter matches none. */
export function hawkeyeCacheHandler(
  present: () => Promise<LoadedLists<CachedProbe>>,
): Handler<typeof getHawkeyeCustomerCache> {
  return answerFrom(present, (request, lists) => {
    const devices = lists.get(LIST);
    if (devices === undefined) return refuse(202, "Cache is still being built");
    const heardAfter = parseWireDate(request.last_contact_filter ?? "");
    const found = devices.filter((device) => isHeardAfter(device, heardAfter));
    if (found.length > 0) return ok(found.map(({ entry }) => entry));
    return refuse(404, `No devices were found for the specified filters: ${pythonRepr(request)}`);
  });
}
