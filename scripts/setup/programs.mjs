import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where packages put servers on machines whose PATH for people leaves them out. */
const usualFolders = ["/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

/**
 * The file of an installed program.
 *
 * @param {string} name
 * @returns {string | undefined}
 */
export function installed(name) {
  const folders = [...(process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== ""), ...usualFolders];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
