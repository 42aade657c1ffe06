import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { fingerprint } from "./dependencies.mjs";

it.each(["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json", "packages/bus/package.json"])(
  "a change of %s asks for an installation",
  async (file) => {
    const root = await workspace();
    const before = fingerprint(root);
    expect(fingerprint(root)).toBe(before);

    await writeFile(join(root, file), "changed");

    expect(fingerprint(root)).not.toBe(before);
  },
);

it("a new package asks for an installation, a changed source file does not", async () => {
  const root = await workspace();
  const before = fingerprint(root);

  await writeFile(join(root, "packages/bus/index.ts"), "export {};\n");
  expect(fingerprint(root)).toBe(before);
  await mkdir(join(root, "services/acme-bridge"), { recursive: true });
  await writeFile(join(root, "services/acme-bridge/package.json"), "{}");

  expect(fingerprint(root)).not.toBe(before);
});

async function workspace(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "trunkline-workspace-"));
  onTestFinished(() => rm(root, { recursive: true }));
  await mkdir(join(root, "packages/bus"), { recursive: true });
  await mkdir(join(root, "services"));
  for (const file of ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", "packages/bus/package.json"]) {
    await writeFile(join(root, file), `contents of ${file}`);
  }
  return root;
}
