import type { DashboardPlan } from "../grafana/plan.ts";
import { natsDashboard, redisDashboard } from "./brokers.ts";
import { businessDashboards } from "./business.ts";
import { engineDashboard } from "./engine.ts";
import { thirdPartiesDashboard } from "./third-parties.ts";
import { workDashboard } from "./work.ts";

/** Every dashboard there is. */
export function dashboards(): DashboardPlan[] {
  return [
    ...businessDashboards(),
    engineDashboard(),
    thirdPartiesDashboard(),
    workDashboard(),
    natsDashboard(),
    redisDashboard(),
  ];
}
