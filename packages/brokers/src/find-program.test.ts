import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findProgram } from "./find-program.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trunkline-find-program-"));
  await writeFile(join(folder, "edge-server"), "#!/bin/sh\n");
  await chmod(join(folder, "edge-server"), 0o755);
  await writeFile(join(folder, "notes"), "not a program", { mode: 0o644 });
});

afterAll(() => rm(folder, { recursive: true }));

it("finds a program on the PATH", () => {
  expect(findProgram("edge-server", ["/nowhere", folder].join(delimiter))).toBe(join(folder, "edge-server"));
});

it("looks where servers lie even when the PATH leaves that out", () => {
  expect(findProgram("sh", "/nowhere")).toBeUndefined();
  expect(findProgram("chroot", "/nowhere")).toMatch(/sbin\/chroot$/);
});

it("passes over what cannot be run", () => {
  expect(findProgram("notes", folder)).toBeUndefined();
});

it("does not take a relative folder for an empty entry of the PATH", () => {
  expect(findProgram("package.json", "")).toBeUndefined();
});
