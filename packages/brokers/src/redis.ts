import programs from "../programs.json" with { type: "json" };
import type { ServerKind } from "./server-kind.ts";
import { startServer } from "./start-server.ts";
import type { Broker, BrokerOptions } from "./types.ts";

/** Starts a redis-server of our own. */
export function startRedis(options: BrokerOptions = {}): Promise<Broker> {
  return startServer(redisServer, options);
}

const redisServer: ServerKind = {
  program: "redis-server",
  scheme: "redis",
  image: programs["redis-server"].image,
  // Without fsync every answered write is still with the kernel, so killing the process loses none of them; "everysec"
  // would hold writes back while an fsync is under way.
  configuration: ({ host, port, dataFolder }) =>
    [
      `bind ${host}`,
      "protected-mode no",
      `port ${port}`,
      `dir ${JSON.stringify(dataFolder)}`,
      'save ""',
      "appendonly yes",
      "appendfsync no",
      "",
    ].join("\n"),
  arguments: (configFile) => [configFile],
  // A server that still loads its data answers PING with an error; the file's name tells ours from a stranger's.
  probe: (configFile) => ({ say: "PING\r\nINFO server\r\n", expect: ["+PONG", `config_file:${configFile}`] }),
};
