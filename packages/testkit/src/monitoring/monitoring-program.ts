import { findProgram } from "@trunkline/brokers";

/** Programs of Debian's packages, which name their files so. */
export type MonitoringProgram = "prometheus" | "promtool" | "prometheus-alertmanager" | "prometheus-redis-exporter";

/** The program's file; undefined where it could not be had, which the setup says. */
export function monitoringProgram(name: MonitoringProgram): string | undefined {
  return findProgram(name);
}
