import programs from "../programs.json" with { type: "json" };
import type { ServerKind } from "./server-kind.ts";
import { startServer } from "./start-server.ts";
import type { Broker, RedisOptions } from "./types.ts";

/** Starts a redis-server of our own. */
export function startRedis(options: RedisOptions = {}): Promise<Broker> {
  return startServer(redisServer(options), options);
}

function redisServer({ configuration = "", administrator }: RedisOptions): ServerKind {
  const signIn = administrator === undefined ? "" : `AUTH ${administrator.user} ${administrator.password}\r\n`;
  return {
    program: "redis-server",
    scheme: "redis",
    image: programs["redis-server"].image,
    // Without fsync every answered write is still with the kernel, so killing the process loses none of them;
    // "everysec" would hold writes back while an fsync is under way.
    configuration: ({ host, port, dataFolder }) =>
      [
        `bind ${host}`,
        "protected-mode no",
        `port ${port}`,
        `dir ${JSON.stringify(dataFolder)}`,
        'save ""',
        "appendonly yes",
        "appendfsync no",
        configuration,
        "",
      ].join("\n"),
    arguments: (configFile) => [configFile],
    // A server that still loads its data answers PING with an error; the file's name tells ours from a stranger's.
    probe: (configFile) => ({
      say: `${signIn}PING\r\nINFO server\r\n`,
      expect: ["+PONG", `config_file:${configFile}`],
    }),
  };
}
