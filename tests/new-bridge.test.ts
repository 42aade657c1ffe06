import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const leftBehind = new Set([".git", "node_modules", ".toolchain", ".turbo", ".cache", "coverage"]);

/** A copy of this repository, with its dependencies installed. */
let copy: string;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "trunkline-new-bridge-"));
  await cp(root, copy, { recursive: true, filter: (source) => !leftBehind.has(basename(source)) });
  const install = ["pnpm", "install", "--frozen-lockfile", "--prefer-offline", "--reporter=append-only"];
  expect(await runInCopy(install)).toMatchObject({ code: 0 });
  // With the bridge it is linked, and goes through the same gates.
  await writeDocumentedMonitor();
});
afterAll(() => rm(copy, { recursive: true, force: true }));

it("a generated bridge and the monitor of its page pass every gate and their own tests, and the demo finds them", {
  timeout: 600_000,
}, async () => {
  expect(await runInCopy(["node", "scripts/new-bridge.ts", "acme"])).toMatchObject({
    code: 0,
    output: expect.stringContaining("acme-bridge is there and works"),
  });

  const gates = await runInCopy(["node", "scripts/test.ts", "--static"]);
  expect(gates.output).toMatch(/\n6 passed, 0 failed, 0 skipped\n$/);
  for (const selected of [
    ["--project", "acme-bridge"],
    ["--project", "silent-edge-monitor"],
    ["--project", "contracts", "--project", "sandbox", "acme"],
  ]) {
    const tests = await runInCopy(["node", "scripts/test.ts", ...selected]);
    expect(tests.output).toMatch(/\n[1-9]\d* passed, 0 failed, 0 skipped\n$/);
  }
  const vectors = await runInCopy(["node", "scripts/test.ts", "tests/vectors.test.ts"], { VECTORS_OF: "acme-bridge" });
  // Those of the template, that the file fits the definition, and that no bridge is without one.
  expect(vectors.output).toMatch(/\n7 passed, 0 failed, 0 skipped\n$/);
  const catalogue = await runInCopy(["node", "--input-type=module", "--eval", listServices]);
  expect(catalogue.output).toContain("acme-bridge");
  expect(catalogue.output).toContain("silent-edge-monitor");

  const before = fingerprint();
  for (const name of ["acme", "Acme", "4com", "velocloud", ""]) {
    expect(await runInCopy(["node", "scripts/new-bridge.ts", name])).toMatchObject({ code: 1 });
  }
  expect(fingerprint()).toBe(before);
});

/** The monitor that `docs/adding-a-monitor.md` builds, file by file as it stands there. */
async function writeDocumentedMonitor(): Promise<void> {
  const folder = join(copy, "services/silent-edge-monitor");
  const page = readFileSync(join(copy, "docs/adding-a-monitor.md"), "utf8");
  const [, manifest = ""] = /^```json\n(.*?)^```$/ms.exec(page) ?? [];
  const sources = [...page.matchAll(/^```ts\n\/\/ (src\/[\w.-]+)\n(.*?)^```$/gms)];
  expect(sources.length).toBe(5);
  await mkdir(join(folder, "src"), { recursive: true });
  await writeFile(join(folder, "package.json"), manifest);
  for (const [, file = "", text = ""] of sources) await writeFile(join(folder, file), text);
  for (const file of ["src/main.ts", "src/index.ts"]) {
    await cp(join(copy, "services/service-outage-triage", file), join(folder, file));
  }
}

const listServices = `
  import { serviceCatalogue } from "./scripts/demo/service-catalogue.ts";
  console.log((await serviceCatalogue()).map(({ definition }) => definition.name).join());`;

/** Of everything but what is installed. */
function fingerprint(): string {
  const files = globSync("**/*", { cwd: copy, withFileTypes: true, exclude: (file) => leftBehind.has(file.name) });
  const hash = createHash("sha256");
  for (const file of files.filter((each) => each.isFile())) {
    hash.update(join(file.parentPath, file.name)).update(readFileSync(join(file.parentPath, file.name)));
  }
  return hash.digest("hex");
}

function runInCopy(
  [program = "", ...args]: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const path = [join(copy, "node_modules/.bin"), process.env.PATH].join(delimiter);
    const { VITEST: _, ...environment } = process.env;
    const child = spawn(program, args, {
      cwd: copy,
      env: { ...environment, ...variables, PATH: path, FORCE_COLOR: "0" },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}
