import { SetupError } from "./errors.mjs";
import { aptCommands, runInstaller } from "./installers.mjs";
import { machineFacts } from "./machine.mjs";
import { installed } from "./programs.mjs";
import { say } from "./progress.mjs";

/** Programs that the tests of dashboards and alerts start, and the Debian packages that they are in. */
const packages = {
  prometheus: "prometheus",
  promtool: "prometheus",
  "prometheus-alertmanager": "prometheus-alertmanager",
  "prometheus-redis-exporter": "prometheus-redis-exporter",
};

/**
 * Sees to it that the tests of dashboards and alerts have Prometheus and Alertmanager; without them they are skipped,
 * which is said here.
 */
export async function ensureMonitoring() {
  const missing = Object.entries(packages).filter(([program]) => installed(program) === undefined);
  if (missing.length === 0) {
    say("Prometheus and Alertmanager are here");
    return;
  }
  const facts = await machineFacts();
  if (!facts.apt || !(facts.root || facts.sudo)) {
    const names = missing.map(([program]) => program).join(", ");
    say(`the tests of dashboards and alerts will be skipped: ${names} are not here, and apt-get cannot be used`);
    return;
  }
  try {
    await runInstaller(aptCommands([...new Set(missing.map(([, name]) => name))], facts));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`the tests of dashboards and alerts will be skipped: ${error.message}`);
  }
}
