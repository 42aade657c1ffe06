import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** For tests of the gates: a folder that looks like this repository and holds just these files. */
export async function fixtureTree(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "trunkline-gate-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** Lets the packages of the tree find each other, and libraries, by name, as pnpm would. */
export async function linkPackages(folder: string, names: readonly string[]): Promise<void> {
  await mkdir(join(folder, "node_modules/@trunkline"), { recursive: true });
  for (const name of names) {
    await symlink(join(folder, "packages", name), join(folder, "node_modules/@trunkline", name));
  }
}

/** Runs one of the repository's tools in the tree. */
export function runTool(folder: string, [tool = "", ...args]: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(join(root, "node_modules/.bin", tool), args, {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** A file of this repository. */
export function repositoryFile(path: string): string {
  return join(root, path);
}
