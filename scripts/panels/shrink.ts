import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { findProgram } from "@trunkline/brokers";

/** Makes PNG files a third as large by giving them few colours, where `pngquant` is on this machine. */
export async function shrink(files: readonly string[]): Promise<"done" | "no pngquant"> {
  const program = findProgram("pngquant");
  if (program === undefined) return "no pngquant";
  await promisify(execFile)(program, ["--force", "--ext", ".png", "--speed", "1", "--strip", "64", ...files]);
  return "done";
}
