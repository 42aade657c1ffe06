import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { expect, it, onTestFinished } from "vitest";

const command = fileURLToPath(new URL("../scenarios.ts", import.meta.url));

/** Runs the command over files outside the repository. */
async function run(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), "trunkline-scenarios-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, folder], { encoding: "utf8" });
  const said = stripVTControlCharacters(stdout).trimEnd();
  return { status, said, lastLine: said.split("\n").at(-1), complaints: stderr.replaceAll(`${folder}/`, "") };
}

const nothing = (then: string) => `service: service-outage-triage\nwhen: [pass]\nthen: ${then}\n`;

it("plays scenarios that lie anywhere, and says what differs", async () => {
  const { status, said, lastLine } = await run({
    "right.yaml": nothing("{}"),
    "wrong.yaml": nothing("{ effects: [notification.slack.request: {}] }"),
    "later.yaml": `skip: nobody has built it\n${nothing("{}")}`,
  });
  expect(said).toContain("- notification.slack.request {}");
  expect(lastLine).toBe("1 passed, 1 failed, 1 skipped");
  expect(status).toBe(1);
});

it("succeeds when all is as it should be", async () => {
  expect(await run({ "right.yaml": nothing("{}") })).toMatchObject({
    status: 0,
    lastLine: "1 passed, 0 failed, 0 skipped",
  });
});

it("plays nothing while a file cannot be understood, and names file, line and key", async () => {
  const { status, lastLine, complaints } = await run({
    "right.yaml": nothing("{}"),
    "odd.yaml": nothing("{ efects: [] }"),
  });
  expect(complaints).toContain("odd.yaml:3: then: unknown key `efects`");
  expect(lastLine).toBe("0 passed, 1 failed, 0 skipped");
  expect(status).toBe(1);
});
