import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const file = z.object({
  session: z.array(z.object({ request: z.looseObject({ path: z.string() }) })).default([]),
  vectors: z.array(
    z.object({
      subject: z.string(),
      thirdParty: z.array(z.looseObject({})).default([]),
      reply: z.looseObject({ status: z.unknown() }).optional(),
    }),
  ),
});
const httpRequest = z.object({ method: z.string(), path: z.string() });
const grpcCall = z.object({ method: z.string() });

/**
 * What a bridge asks its third party when a request on a subject succeeds, by subject, as its vectors show it: such as
 * `PUT /api/Ticket/{id}/severity`. Empty for a service without vectors.
 */
export function thirdPartyCalls(service: string): ReadonlyMap<string, ReadonlySet<string>> {
  const path = `services/${service}/vectors.json`;
  const calls = new Map<string, Set<string>>();
  if (!existsSync(path)) return calls;
  const { session, vectors } = file.parse(JSON.parse(readFileSync(path, "utf8")));
  const signIns = new Set(session.map(({ request }) => request.path));
  for (const { subject, thirdParty, reply } of vectors) {
    if (!isSuccess(reply?.status)) continue;
    const known = calls.get(subject) ?? new Set();
    for (const exchange of thirdParty) for (const call of callOf(exchange, signIns)) known.add(call);
    calls.set(subject, known);
  }
  return calls;
}

function isSuccess(status: unknown): boolean {
  return typeof status === "number" && status >= 200 && status < 300;
}

function callOf({ request, grpc }: { readonly [key: string]: unknown }, signIns: ReadonlySet<string>): string[] {
  const http = httpRequest.safeParse(request).data;
  if (http !== undefined) {
    // An id that has to be encoded is there to show that it is.
    const isTypical = !signIns.has(http.path) && !http.path.includes("%");
    return isTypical ? [`${http.method} ${http.path.replaceAll(/\/\d+(?=\/|$)/g, "/{id}")}`] : [];
  }
  const call = grpcCall.safeParse(grpc).data;
  return call === undefined ? [] : [call.method];
}
