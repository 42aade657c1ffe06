import { type MonitoringServer, startMonitoringServer } from "./monitoring-server.ts";

/** @param redisUrl the Redis that is told about */
export function startRedisExporter(redisUrl: string): Promise<MonitoringServer> {
  return startMonitoringServer({
    program: "prometheus-redis-exporter",
    prepare: async ({ address }) => [`-web.listen-address=${address}`, `-redis.addr=${redisUrl}`],
    readyPath: "/health",
  });
}
