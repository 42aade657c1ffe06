import { readFileSync } from "node:fs";
import { request } from "node:https";
import { json as readJson } from "node:stream/consumers";
import type { NatsConnection } from "nats";
import type { Players } from "../players.ts";

/** A bridge to Acme in a few lines that knows nothing of this package: calls as often as it is told to. */
export function serveAcme(nats: NatsConnection, players: Players): void {
  const call = callerOf(players);
  nats.subscribe("acme.thing", {
    callback: async (_error, message) => {
      if (message.data.length === 0) return;
      const { request_id, body } = message.json<{ request_id: string; body: { calls: number } }>();
      let answer: unknown = null;
      let status = 200;
      try {
        for (let made = 0; made < body.calls; made++) answer = await call();
      } catch {
        [answer, status] = ["broken", 500];
      }
      message.respond(JSON.stringify({ request_id, body: answer, status }));
    },
  });
}

function callerOf({ caFile, hostAliases }: Players): () => Promise<unknown> {
  const ca = readFileSync(caFile, "utf8");
  const [, port] = (hostAliases["acme.example.net"] ?? "").split(":");
  return () =>
    new Promise((resolve, reject) => {
      const outgoing = request({
        ...{ ca, host: "127.0.0.1", port, servername: "acme.example.net", agent: false },
        ...{ method: "POST", path: "/things?a=1", headers: { host: "acme.example.net", "x-kind": "thing" } },
      });
      outgoing.on("error", reject);
      outgoing.on("response", (response) => {
        if (response.statusCode === 200) readJson(response).then(resolve, reject);
        else reject(new Error(`status ${response.statusCode}`));
      });
      outgoing.end('{"id":7}');
    });
}
