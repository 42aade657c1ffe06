import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const text = await readFile(join(root, ".gitlab-ci.yml"), "utf8");
const folders: string[] = [];

// Each question starts a program, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000 });

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const mergeRequest = { CI_PIPELINE_SOURCE: "merge_request_event", CI_MERGE_REQUEST_IID: "7" };
const tag = { CI_COMMIT_TAG: "v1.2.3" };

describe("a merge request runs what it touches", () => {
  it("code of a service", async () => {
    const jobs = await jobsFor(["services/notifier/src/slack.ts"], mergeRequest);
    const automatic = jobs.filter(({ when }) => when !== "manual").map(({ name }) => name);
    expect(automatic).toEqual(["version", "lint", "test", "test engine", "build image", "scan image"]);
    expect(jobs.filter(({ when }) => when === "manual").map(({ name }) => name)).toEqual([
      "deploy review",
      "stop review",
    ]);
  });

  it("a page of the documentation", async () => {
    expect(await namesFor(["docs/scenarios.md"], mergeRequest)).toEqual(["version"]);
  });

  it("the chart", async () => {
    expect(await namesFor(["helm/trunkline/values.yaml"], mergeRequest)).toEqual(["version", "scan sources", "chart"]);
  });

  it("what the chart takes in by links", async () => {
    const folder = join(root, "helm/trunkline/files");
    const linked = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isSymbolicLink());
    expect(linked.length).toBeGreaterThan(0);
    for (const { name } of linked) {
      const target = relative(root, await realpath(join(folder, name)));
      expect(await namesFor([`${target}/some-file`], mergeRequest)).toContain("chart");
    }
  });
});

describe("the main branch", () => {
  it("publishes pages", async () => {
    const jobs = await jobsFor(["docs/scenarios.md"], { CI_COMMIT_BRANCH: "main" });
    const automatic = jobs.filter(({ when }) => when !== "manual").map(({ name }) => name);
    expect(automatic).toEqual(["version", "pages"]);
  });

  it("brings code to staging, and nothing further", async () => {
    const names = await namesFor(["packages/bus/src/bus.ts"], { CI_COMMIT_BRANCH: "main" });
    expect(names).toContain("deploy staging");
    expect(names.filter((name) => /review|production/.test(name))).toEqual([]);
  });
});

it("a tag runs everything, and waits with production for a person", async () => {
  const jobs = await jobsFor(["docs/scenarios.md"], tag);
  const names = jobs.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(["version", "lint", "test engine", "build image", "scan image", "scan sources", "chart"]),
  );
  expect(jobs.find(({ name }) => name === "deploy production")).toMatchObject({ when: "manual" });
  expect(names.filter((name) => /review|staging/.test(name))).toEqual([]);
});

it("is a pipeline by GitLab's own schema, and what a job needs is there whenever the job is", async () => {
  for (const variables of [mergeRequest, tag]) {
    const folder = await repositoryWith(["packages/bus/src/bus.ts"]);
    expect(await gitlab(folder, variables, ["--validate-dependency-chain"])).toContain("are valid");
  }
});

it("each command of the project that a job runs exists", async () => {
  const { scripts } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { scripts: object };
  const named = [...JSON.stringify(parse(text)).matchAll(/npm (?:run (?:--silent )?)?([a-z:]+)/g)].map(
    ([, name]) => name,
  );
  expect(named).toContain("check");
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
});

interface Job {
  readonly name: string;
  readonly when: string;
}

/** The jobs of a pipeline, in a repository where these files were changed since the main branch. */
async function jobsFor(changed: readonly string[], variables: Readonly<Record<string, string>>): Promise<Job[]> {
  const folder = await repositoryWith(changed);
  const stdout = await gitlab(folder, variables, ["--list-json", "--no-json-schema-validation"]);
  return (JSON.parse(stdout) as Job[]).filter(({ when }) => when !== "never");
}

async function gitlab(folder: string, variables: Readonly<Record<string, string>>, args: readonly string[]) {
  const given = Object.entries(variables).flatMap(([name, value]) => ["--variable", `${name}=${value}`]);
  const known = ["--ignore-predefined-vars", Object.keys(variables).join(",")];
  const program = join(root, "node_modules/.bin/gitlab-ci-local");
  const { stdout } = await run(program, [...args, ...given, ...known], { cwd: folder });
  return stdout;
}

async function namesFor(changed: readonly string[], variables: Readonly<Record<string, string>>): Promise<string[]> {
  return (await jobsFor(changed, variables)).map(({ name }) => name);
}

async function repositoryWith(changed: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "trunkline-pipeline-"));
  folders.push(folder);
  const git = (...args: string[]) =>
    run("git", ["-c", "user.name=Acme", "-c", "user.email=dev@example.net", ...args], { cwd: folder });
  await cp(join(root, ".gitlab-ci.yml"), join(folder, ".gitlab-ci.yml"));
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", ".");
  await git("commit", "--quiet", "--message=The pipeline");
  await git("remote", "add", "origin", "git@gitlab.example.net:acme/trunkline.git");
  await git("update-ref", "refs/remotes/origin/main", "main");
  await git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
  await git("switch", "--quiet", "--create", "change");
  for (const file of changed) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), "changed");
  }
  await git("add", ".");
  await git("commit", "--quiet", "--message=A change");
  return folder;
}
