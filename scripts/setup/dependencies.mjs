import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandFailedError, SetupError } from "./errors.mjs";
import { runShown, say, step } from "./progress.mjs";
import { isNetworkFailure, withoutNetwork } from "./toolchain.mjs";

/**
 * Installs the workspace exactly as the lockfile says, unless that has been done since it last changed.
 *
 * @param {string} root
 * @param {import("./toolchain.mjs").Toolchain} toolchain
 */
export async function ensureDependencies(root, toolchain) {
  const stamp = join(root, "node_modules/.trunkline-setup");
  const wanted = fingerprint(root);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) {
    say("the dependencies are as the lockfile says");
    return;
  }
  await step("installing the dependencies with pnpm", () => install(root, toolchain));
  writeFileSync(stamp, wanted);
}

/**
 * @param {string} root
 * @param {import("./toolchain.mjs").Toolchain} toolchain
 */
async function install(root, { pnpm, environment }) {
  const flags = ["--frozen-lockfile", "--reporter=append-only", "--config.confirmModulesPurge=false"];
  try {
    await runShown([pnpm, "install", ...flags], { cwd: root, env: environment });
  } catch (error) {
    if (!(error instanceof CommandFailedError)) throw error;
    if (isNetworkFailure(error.output)) throw withoutNetwork(error);
    if (!error.output.includes("OUTDATED_LOCKFILE")) throw error;
    throw new SetupError(
      `${error.message}\nA package.json or pnpm-workspace.yaml asks for something that pnpm-lock.yaml does not hold. ` +
        "`npm run pnpm -- install` brings the lockfile up to date; commit it together with the change.",
    );
  }
}

/**
 * Changes with everything that decides what is installed.
 *
 * @param {string} root
 */
export function fingerprint(root) {
  const packages = ["packages", "services"].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(group, name, "package.json")),
  );
  const files = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", ...packages.sort()];
  const hash = createHash("sha256");
  for (const file of files.filter((one) => existsSync(join(root, one)))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}
