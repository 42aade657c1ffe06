import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readScenarios } from "./scenario.ts";
import { readScenarioFiles } from "./scenario-files.ts";
import { sharedFiles } from "./shared-files.ts";

/** A folder of services, bases and scenarios. */
function folderOf(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-scenarios-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return { folder, folders: { services: join(folder, "services"), bases: join(folder, "scenarios/bases") } };
}

const WORDS = `base: acme
environment: { HOST: vco1.example.net }
when: { pass: [{ run: look }], recheck: [{ run: look }, { advance: 1h30m }] }
`;
const BASE = `now: 2022-06-03T15:00:00Z
edges: { VC1: { name: one, links: { GE1: { state: STABLE, label: Fiber }, GE2: { state: STABLE } } } }
`;

function read(text: string, more: Readonly<Record<string, string>> = {}) {
  const file = "scenarios/edge-monitor/one.yaml";
  const { folder, folders } = folderOf({
    "services/edge-monitor/scenarios.yaml": WORDS,
    "scenarios/bases/acme.yaml": BASE,
    [file]: text,
    ...more,
  });
  const path = join(folder, file);
  try {
    return { scenarios: readScenarios(path, sharedFiles(folders)), complaint: undefined };
  } catch (error) {
    return { scenarios: [], complaint: (error as Error).message.replaceAll(`${folder}/`, "") };
  }
}

test("a scenario is its base with what it changes, and the service's words are steps", () => {
  const { scenarios, complaint } = read(`
name: a link is down
given:
  environment: { LIMIT: 5 }
  edges: { VC1: { links: { GE1: { state: DISCONNECTED }, GE2: null } } }
when: [recheck, { restart: true }]
then: { effects: [a.b: { x: 1 }] }
`);
  expect(complaint).toBeUndefined();
  expect(scenarios).toMatchObject([
    {
      name: "a link is down",
      line: 2,
      service: "edge-monitor",
      environment: { HOST: "vco1.example.net", LIMIT: 5 },
      given: { edges: { VC1: { name: "one", links: { GE1: { state: "DISCONNECTED", label: "Fiber" }, GE2: null } } } },
      when: [{ run: "look" }, { advance: 5_400_000 }, { restart: true }],
      expected: { effects: [{ "a.b": { x: 1 } }] },
    },
  ]);
});

test("a file may hold several; each knows its line, and is named after the file when it has no name", () => {
  const { scenarios } = read("when: [pass]\nthen: {}\n---\nname: two\nskip: not yet\nwhen: [pass]\nthen: {}\n");
  expect(scenarios.map(({ name, line, skip }) => [name, line, skip])).toEqual([
    ["one", 1, undefined],
    ["two", 4, "not yet"],
  ]);
});

test("a base may lie beside the scenario and have a base itself", () => {
  const { scenarios } = read("base: ./mine.yaml\nwhen: [pass]\nthen: {}\n", {
    "scenarios/edge-monitor/mine.yaml": "base: acme\nedges: { VC1: { name: mine } }\n",
  });
  expect(scenarios[0]?.given.edges).toMatchObject({ VC1: { name: "mine", links: { GE1: { label: "Fiber" } } } });
});

const RUN = "when: [pass]\nthen: {}\n";

test.each([
  ["YAML that is none", "given: [\n", "one.yaml:2: Flow sequence in block collection must be"],
  ["a key twice", `${RUN}when: [pass]\n`, "one.yaml:3: Map keys must be unique"],
  ["no when", "then: {}\n", "one.yaml:1: when: "],
  ["an unknown key", `${RUN}givne: {}\n`, "one.yaml:3: unknown key `givne`"],
  [
    "an unknown key further down",
    `given:\n  edges:\n    VC1:\n      links:\n        GE1:\n          sate: DOWN\n${RUN}`,
    "one.yaml:6: given.edges.VC1.links.GE1: unknown key `sate`",
  ],
  [
    "a value of the wrong type",
    `given:\n  edges:\n    VC1:\n      tzOffset: east\n${RUN}`,
    "one.yaml:4: given.edges.VC1.tzOffset: ",
  ],
  [
    "a moment that is none",
    `given:\n  tickets: { 1: { created: yesterday } }\n${RUN}`,
    "one.yaml:2: given.tickets.1.created: expected a moment",
  ],
  [
    "a length of time that is none",
    "when:\n  - advance: 90\nthen: {}\n",
    "one.yaml:2: when.0.advance: expected a length of time",
  ],
  [
    "an unknown step",
    "when:\n  - pass\n  - leap\nthen: {}\n",
    "one.yaml:3: when.2: unknown step `leap`; the service knows pass, recheck".replace("when.2", "when.1"),
  ],
  ["an unknown kind of step", "when:\n  - pass\n  - jump: 1m\nthen: {}\n", "one.yaml:3: when.1: unknown key `jump`"],
  [
    "an unknown matcher",
    "when: [pass]\nthen:\n  effects:\n    - a.b:\n        text: { $like: x }\n",
    "one.yaml:5: then.effects.0.a.b.text.$like: unknown matcher",
  ],
  [
    "an expression that is none",
    'when: [pass]\nthen: { effects: [a.b: { text: { $match: "(" } }] }\n',
    'one.yaml:2: then.effects.0.a.b.text.$match: cannot be "("',
  ],
  ["an unknown service", `service: nobody\n${RUN}`, 'one.yaml:1: service: there is no service "nobody"'],
  ["an unknown base", `base: nothing\n${RUN}`, "one.yaml:1: base: there is no "],
  ["a reply that is none", `given:\n  replies: { a.b: down }\n${RUN}`, "one.yaml:2: given.replies.a.b: "],
])("names file, line and key: %s", (_, text, complaint) => {
  expect(read(text).complaint).toContain(`scenarios/edge-monitor/${complaint}`);
});

test("every problem of a file is named", () => {
  const { complaint } = read(`one: 1\ntwo: 2\n${RUN}`);
  expect(complaint?.split("\n")).toHaveLength(2);
});

test("a base that is wrong is complained of under its own name", () => {
  const { complaint } = read(`base: odd\n${RUN}`, { "scenarios/bases/odd.yaml": "edges:\n  VC1: { colour: red }\n" });
  expect(complaint).toContain("scenarios/bases/odd.yaml:2: edges.VC1: unknown key `colour`");
});

test("a base that is based on itself is no base", () => {
  const { complaint } = read(`base: one\n${RUN}`, {
    "scenarios/bases/one.yaml": "base: two\n",
    "scenarios/bases/two.yaml": "base: one\n",
  });
  expect(complaint).toBe("scenarios/bases/one.yaml:1: base: it is based on itself");
});

test("scenarios are in the YAML files at or below the paths, bases apart; every problem of every file is named", () => {
  const { folder, folders } = folderOf({
    "services/m/package.json": "",
    "a/bases/x.yaml": "nothing: here",
    "a/2.yaml": `service: m\nwhen: [{ run: look }]\nthen: {}\n`,
    "a/b/1.yml": "one: 1\n",
    "a/b/3.yaml": "service: m\n",
    "a/notes.md": "",
  });
  const { scenarios, problems } = readScenarioFiles([join(folder, "a"), join(folder, "gone")], folders);
  expect(scenarios.map(({ file }) => file)).toEqual([join(folder, "a/2.yaml")]);
  expect(new Set(problems.map(({ file }) => file))).toEqual(
    new Set(["a/b/1.yml", "a/b/3.yaml", "gone"].map((name) => join(folder, name))),
  );
});
