import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeConfig } from "@trunkline/service";
import { expect, it } from "vitest";
import { serviceCatalogue } from "../demo/service-catalogue.ts";
import { inlineCode, pages, type ShellBlock, shellBlocks } from "./pages.ts";

const root = join(import.meta.dirname, "../..");
const all = pages();
const blocks = all.flatMap(shellBlocks);
const services = (await serviceCatalogue()).map(({ definition }) => definition);
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };

it("every command is known to the project, checked here, or was run by hand and says when", () => {
  const unproven = blocks.filter((block) => !isProven(block));
  expect(unproven.map(({ page, commands }) => `${page}: ${commands.join("; ")}`)).toEqual([]);
});

function isProven({ commands, remark }: ShellBlock): boolean {
  return (
    /run by hand on \d{4}-\d\d-\d\d/i.test(remark) ||
    commands.every((command) => /^(npm|nats (req|pub)|[A-Z_]+[0-9]?=)/.test(command))
  );
}

it("every npm command exists, with the projects, files and programs that it names", () => {
  const named = all.flatMap(({ path, text }) =>
    [...text.matchAll(/npm (?:run ([a-z:]+)|(test))(?: -- ([^`\n#|]*))?/g)].map(([, name, test, args = ""]) => {
      return { path, script: name ?? test ?? "", args };
    }),
  );
  expect(named.length).toBeGreaterThan(20);
  for (const { path, script, args } of named) {
    expect(Object.keys(scripts), path).toContain(script);
    const [, program] = (script === "pnpm" && /^exec ([a-z-]+)/.exec(args)) || [];
    if (program !== undefined)
      expect(existsSync(join(root, "node_modules/.bin", program)), `${path}: ${program}`).toBe(true);
  }
});

it("every request and message to NATS fits its contract", () => {
  const contracts = services.flatMap(({ serves, consumes }) => [...serves, ...consumes]);
  const sent = blocks.flatMap(({ page, commands }) => commands.map((command) => ({ page, command })));
  const requests = sent.filter(({ command }) => /^nats (req|pub) /.test(command));
  expect(requests.length).toBeGreaterThan(5);
  for (const { page, command } of requests) {
    const [, subject = "", json = ""] = /^nats (?:req|pub) (\S+) '(.*)'$/.exec(command) ?? [];
    const contract = contracts.find((one) => one.subject === subject);
    const verdict = contract?.body.safeParse(JSON.parse(json).body);
    expect(verdict?.error?.message ?? verdict?.success, `${page}: ${command}`).toBe(true);
  }
});

it("a service that is started by hand is given every variable that it needs", () => {
  const starts = blocks.flatMap(({ page, commands }) => commands.map((command) => ({ page, command })));
  const whole = starts.filter(({ command }) => /^[A-Z_]+1?=.* node services\//.test(command));
  expect(whole.length).toBeGreaterThan(0);
  for (const { page, command } of whole) {
    const name = /services\/([a-z-]+)\//.exec(command)?.[1];
    const service = services.find((one) => one.name === name);
    const needed = describeConfig(service ?? { config: {}, redis: [] }).filter(({ required }) => required);
    const given = [...command.matchAll(/(?:^| )([A-Z][A-Z0-9_]*?)(?:_FILE)?=/g)].map(([, variable]) => variable);
    expect(given, page).toEqual(expect.arrayContaining(needed.map(({ variable }) => variable)));
  }
});

it("every file that a page names is there", () => {
  const missing = all.flatMap((page) =>
    inlineCode(page)
      .filter((code) => /^(packages|services|scripts|docs|tests|scenarios|helm|deploy)\/[\w./*{},-]+$/.test(code))
      .filter((code) => !isExample(code) && globSync(code, { cwd: root }).length === 0)
      .map((code) => `${page.path}: ${code}`),
  );
  expect(missing).toEqual([]);
});

/** Files of the services that the pages show how to write. */
function isExample(path: string): boolean {
  return /acme|silent-edge-monitor|scenarios\/service-outage-monitor\/one/.test(path);
}

it("every dashboard and panel that a runbook names is there", () => {
  const boards = globSync("deploy/grafana/dashboards/*.json", { cwd: root }).map((file) =>
    readFileSync(join(root, file), "utf8"),
  );
  const titles = boards.flatMap((text) => [...text.matchAll(/"title": "([^"]+)"/g)].map(([, title = ""]) => title));
  const named = all
    .filter(({ path }) => path.startsWith("docs/runbooks/"))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/(?<!\*)\*([A-Z][^*\n]+)\*(?!\*)/g)].map(([, name = ""]) => ({ path, name })),
    );
  expect(named.length).toBeGreaterThan(20);
  // What stands behind a colon or comma of a title may be left out.
  const isThere = (name: string) => titles.some((title) => title === name || /^[:,]/.test(title.replace(name, "")));
  expect(named.filter(({ name }) => !isThere(name))).toEqual([]);
});

it("every variable that a page names is read somewhere", () => {
  const tracked = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" });
  const sources = tracked
    .split("\n")
    .filter((file) => /\.(ts|mjs|js|json|ya?ml|py|sh)$|Dockerfile$/.test(file) && !file.startsWith("pnpm-lock"));
  const code = sources
    .filter((file) => existsSync(join(root, file)))
    .map((file) => readFileSync(join(root, file), "utf8"))
    .join("\n");
  const words = new Set(code.match(/[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+/g));
  const unknown = all.flatMap((page) =>
    inlineCode(page)
      .filter((name) => /^[A-Z][A-Z0-9]*(_+[A-Z0-9]+)+$/.test(name))
      .filter((name) => !code.includes(name) && !words.has(name.replace(/_FILE$/, "")))
      .map((name) => `${page.path}: ${name}`),
  );
  expect(unknown).toEqual([]);
});
