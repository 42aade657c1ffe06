// Runs on any Node from 18 on, with nothing installed: it is what the commands of package.json start with. It gets
// what the task needs, says what it does and how long that took, and hands over to the task under Node 24.
import { fileURLToPath } from "node:url";
import { ensureBrokers } from "./setup/brokers.mjs";
import { ensureBrowser } from "./setup/browser.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { SetupError } from "./setup/errors.mjs";
import { ensureMonitoring } from "./setup/monitoring.mjs";
import { runTask } from "./setup/run-task.mjs";
import { taskNamed } from "./setup/tasks.mjs";
import { ensureToolchain } from "./setup/toolchain.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const [taskName, ...taskArguments] = process.argv.slice(2);

try {
  const task = taskNamed(taskName);
  const toolchain = await ensureToolchain(root);
  if (task.dependencies) await ensureDependencies(root, toolchain);
  if (task.brokers) await ensureBrokers();
  if (task.browser) await ensureBrowser();
  if (task.monitoring) await ensureMonitoring();
  process.exitCode = await runTask(task.command(toolchain), { root, toolchain, taskArguments });
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`\nsetup: ${error.message}`);
  process.exitCode = 1;
}
