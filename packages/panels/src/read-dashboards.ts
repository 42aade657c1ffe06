import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Dashboard } from "./dashboard.ts";

/** A dashboard and the name of its file. */
export interface DashboardFile {
  /** Without `.json`. */
  readonly name: string;
  readonly dashboard: Dashboard;
}

/** The dashboards as they are committed, by the names of their files. */
export async function readDashboards(folder: string): Promise<DashboardFile[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json")).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: file.replace(/\.json$/, ""),
      dashboard: JSON.parse(await readFile(join(folder, file), "utf8")) as Dashboard,
    })),
  );
}
