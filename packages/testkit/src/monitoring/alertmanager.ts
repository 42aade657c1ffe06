import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type MonitoringServer, startMonitoringServer } from "./monitoring-server.ts";

/** @param config the configuration file */
export function startAlertmanager(config: string): Promise<MonitoringServer> {
  return startMonitoringServer({
    program: "prometheus-alertmanager",
    prepare: async ({ address, folder }) => {
      const file = join(folder, "alertmanager.yml");
      await writeFile(file, config);
      return [
        `--config.file=${file}`,
        `--storage.path=${join(folder, "data")}`,
        `--web.listen-address=${address}`,
        // Alone: it looks for no others.
        "--cluster.listen-address=",
      ];
    },
    readyPath: "/-/ready",
  });
}
