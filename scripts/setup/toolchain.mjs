import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { CommandFailedError, SetupError } from "./errors.mjs";
import { leastNodeMajor, nodePackageFor, thisMachine } from "./node-package.mjs";
import { runShown, say, step } from "./progress.mjs";
import { runCaptured } from "./run-captured.mjs";

/**
 * @typedef {object} Toolchain
 * @property {string} node file of a Node that runs the code
 * @property {string} pnpm file of the pnpm that the workspace is made with
 * @property {NodeJS.ProcessEnv} environment ours, with both of them first on the PATH
 */

/**
 * Finds Node 24 and pnpm, or gets them as npm packages into `.toolchain/`. Nothing outside the repository changes.
 *
 * @param {string} root
 * @returns {Promise<Toolchain>}
 */
export async function ensureToolchain(root) {
  const folder = join(root, ".toolchain");
  const nodeIsHere = Number(process.versions.node.split(".")[0]) >= leastNodeMajor;
  const nodePackage = nodeIsHere ? undefined : nodePackageFor(thisMachine());
  const pnpmPackage = { name: "pnpm", version: pinnedPnpm(root) };
  const wanted = nodePackage === undefined ? [pnpmPackage] : [nodePackage, pnpmPackage];

  const toolchain = toolchainOf({
    root,
    node: nodePackage === undefined ? process.execPath : join(folder, "node_modules", nodePackage.name, "bin/node"),
    pnpm: join(folder, "node_modules/.bin/pnpm"),
  });
  if (wanted.every((one) => installedVersion(folder, one.name) === one.version)) {
    say(`Node and pnpm are here: ${nodeIsHere ? process.version : "Node of .toolchain/"}, pnpm ${pnpmPackage.version}`);
    return toolchain;
  }
  const names = wanted.map(({ name, version }) => `${name}@${version}`);
  await step(`getting ${names.join(" and ")} with npm into .toolchain/`, () => install(folder, names));
  await proveThatItRuns(toolchain);
  return toolchain;
}

/** @param {{ root: string, node: string, pnpm: string }} files */
function toolchainOf({ root, node, pnpm }) {
  const folders = [dirname(node), dirname(pnpm), join(root, "node_modules/.bin"), process.env.PATH ?? ""];
  return { node, pnpm, environment: { ...process.env, PATH: folders.join(delimiter) } };
}

/** @param {string} root */
function pinnedPnpm(root) {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return String(packageManager).replace("pnpm@", "");
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {string | undefined}
 */
function installedVersion(folder, name) {
  try {
    return JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")).version;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} folder
 * @param {string[]} packages
 */
async function install(folder, packages) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), `${JSON.stringify({ private: true })}\n`);
  const flags = ["--save-exact", "--no-audit", "--no-fund", "--no-progress", "--loglevel=http", ...briefRetries];
  try {
    await runShown([...npm(), "install", "--prefix", folder, ...flags, ...packages]);
  } catch (error) {
    if (error instanceof CommandFailedError && isNetworkFailure(error.output)) throw withoutNetwork(error);
    throw error;
  }
}

/** Long enough for a hiccup; with npm's own pauses a machine without network would wait for minutes. */
const briefRetries = ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"];

/** The npm that started us, else the one on the PATH. */
function npm() {
  const { npm_execpath: file } = process.env;
  return file !== undefined && /npm-cli\.[cm]?js$/.test(file) ? [process.execPath, file] : ["npm"];
}

/** @param {string} output */
export function isNetworkFailure(output) {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/i.test(
    output,
  );
}

/** @param {CommandFailedError} error */
export function withoutNetwork(error) {
  return new SetupError(
    `${error.message}\nThe package registry cannot be reached. Connect this machine (or set npm's proxy) and run the ` +
      "command again; once everything has been fetched, no network is needed.",
  );
}

/** @param {Toolchain} toolchain */
async function proveThatItRuns({ node, pnpm, environment }) {
  for (const program of [node, pnpm]) {
    const { outcome, output } = await runCaptured([program, "--version"], { env: environment });
    if (outcome !== undefined) throw new CommandFailedError(`${program} --version`, { outcome, output });
  }
}
