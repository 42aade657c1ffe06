import { globSync, readFileSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import nodePlop from "node-plop";
import type { BridgeNames } from "./bridge-name.ts";
import { registrations } from "./registrations.ts";

const templates = join(import.meta.dirname, "templates");

/**
 * Writes a bridge's files and registers it.
 *
 * @param root the repository to write to
 * @returns the paths that were written, from the root
 * @throws MissingAnchor before anything is written
 */
export async function writeBridge(root: string, names: BridgeNames): Promise<string[]> {
  const registered = await Promise.all(
    registrations.map(async ({ path, register }) => {
      return { path, text: register(await readFile(join(root, path), "utf8"), names) };
    }),
  );
  const plop = await nodePlop("", { destBasePath: root, force: false });
  const actions = globSync("**/*.hbs", { cwd: templates }).map((file) => ({
    type: "add",
    path: file.replace(/\.hbs$/, ""),
    template: readFileSync(join(templates, file), "utf8"),
  }));
  const { changes, failures } = await plop.setGenerator("bridge", { actions }).runActions(names);
  // They come with a slash in front, as if the repository were the root of the disk.
  const written = changes.map(({ path }) => relative(root, join(root, path)));
  const [failure] = failures;
  if (failure !== undefined) {
    for (const path of written) await rm(join(root, path));
    throw new Error(failure.error);
  }
  for (const { path, text } of registered) await writeFile(join(root, path), text);
  return [...written, ...registered.map(({ path }) => path)];
}
