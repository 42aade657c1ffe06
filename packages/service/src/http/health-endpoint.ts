import { type Answer, type Endpoint, startEndpoint } from "./endpoint.ts";
import type { Readiness } from "./readiness.ts";

/**
 * `/_health` answers while the event loop turns; a restart helps against nothing else. `/_ready` says whether the
 * service can work, and names what is missing.
 */
export function startHealthEndpoint(port: number, readiness: Readiness): Promise<Endpoint> {
  return startEndpoint(port, {
    "/_health": async () => json(200, null),
    "/_ready": async () => {
      const failing = await readiness.failing();
      return json(failing.length === 0 ? 200 : 503, { ready: failing.length === 0, failing });
    },
  });
}

function json(status: number, body: unknown): Answer {
  return { status, type: "application/json", body: JSON.stringify(body) };
}
