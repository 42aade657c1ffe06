import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where packages put servers on machines whose PATH for people leaves them out. */
const usualFolders = ["/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

/** The program's file, looked up on the PATH and then where servers usually lie. */
export function findProgram(name: string, path: string = process.env.PATH ?? ""): string | undefined {
  const folders = [...path.split(delimiter).filter((folder) => folder !== ""), ...usualFolders];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
