import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { monitoringProgram } from "@trunkline/testkit";

const run = promisify(execFile);

export const hasPromtool = monitoringProgram("promtool") !== undefined;
export const NO_PROMTOOL = "promtool is not on this machine";

/** Runs unit tests of rules. @throws an Error with promtool's words when one fails */
export async function promtoolTest(...files: readonly string[]): Promise<void> {
  try {
    await run(monitoringProgram("promtool") ?? "promtool", ["test", "rules", ...files]);
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${stdout}${stderr}`, { cause: error });
  }
}

/** Series by their name and labels, a value for each minute; an expression; what it gives at the end. */
export interface ExpressionTest {
  readonly series: Readonly<Record<string, string>>;
  readonly expr: string;
  /** @example "30m" */
  readonly at: string;
  readonly gives: readonly { readonly labels: string; readonly value: number }[];
}

/** Tests an expression. @throws an Error with promtool's words when it gives something else */
export async function testExpression({ series, expr, at, gives }: ExpressionTest): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "trunkline-promtool-"));
  try {
    const file = join(folder, "test.json");
    const test = {
      interval: "1m",
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: [{ expr, eval_time: at, exp_samples: gives }],
    };
    await writeFile(file, JSON.stringify({ rule_files: [], evaluation_interval: "1m", tests: [test] }));
    await promtoolTest(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
