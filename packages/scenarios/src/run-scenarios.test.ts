import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readScenarios } from "./format/scenario.ts";
import { sharedFiles } from "./format/shared-files.ts";
import { openScenarioRunner, type ScenarioRunner } from "./run-scenarios.ts";
import { service } from "./testing/edge-monitor.ts";

let runner: ScenarioRunner;
let folder: string;
beforeAll(async () => {
  runner = await openScenarioRunner({ definitionOf: async () => service, lanes: 1 });
  folder = mkdtempSync(join(tmpdir(), "trunkline-scenarios-"));
  mkdirSync(join(folder, "edge-monitor"));
  writeFileSync(
    join(folder, "edge-monitor/scenarios.yaml"),
    `environment: { HOST: vco1.example.net }
when: { look: [{ run: look }] }
jobs: [edge-recheck]
metrics: [edges_told_total]
`,
  );
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await runner.stop();
});

const OFFLINE =
  "edges: { VC1: { state: OFFLINE, links: { GE1: {} } } }, tickets: { 1: { details: { 2: { value: VC1 } } } }";

async function outcomeOf(text: string): Promise<unknown> {
  const file = join(folder, "one.yaml");
  writeFileSync(file, `service: edge-monitor\n${text}`);
  const [scenario] = readScenarios(file, sharedFiles({ services: folder, bases: folder }));
  if (scenario === undefined) throw new Error("there is no scenario");
  const outcome = await runner.run(scenario);
  return outcome.state === "failed" ? outcome.problems.join("\n") : outcome.state;
}

test("effects, jobs, counts and reads are looked at, at the end and on the way", async () => {
  const text = `
given: { ${OFFLINE} }
when:
  - look
  - then:
      reads: { includes: [get.links.with.edge.info: { host: vco1.example.net }], excludes: [bruin.ticket.details.request] }
      jobs: [scheduled: { kind: edge-recheck, key: VC1, in: 1h, data: { serial: VC1 } }]
  - advance: 59m
  - then: { effects: [], metrics: [] }
  - advance: 1m
then:
  effects:
    - bruin.ticket.note.append.request: { ticket_id: 1, note: { $contains: "Offline:" } }
    - notification.slack.request: { message: noted VC1 }
  metrics: [edges_told_total: { serial: VC1 }]
  jobs: []
`;
  expect(await outcomeOf(text)).toBe("passed");
});

test("what differs is shown, with what the service says", async () => {
  const text = `
given: { ${OFFLINE}, replies: { bruin.ticket.note.append.request: 500 } }
when: [look, { advance: 1h }]
then:
  effects:
    - bruin.ticket.note.append.request: { ticket_id: 2 }
    - notification.slack.request: { message: { $contains: noted } }
  metrics: []
  jobs: [cancelled: { kind: edge-recheck, key: VC1 }]
  reads: { excludes: [bruin.ticket.details.request] }
`;
  expect(await outcomeOf(text)).toMatchInlineSnapshot(`
    "effects (- expected, + happened, ~ differs):
      ~ bruin.ticket.note.append.request
          ticket_id is 1; expected 2
      ~ notification.slack.request
          message does not contain "noted": "could not note VC1"
    jobs (- expected, + happened):
      - {"cancelled":{"kind":"edge-recheck","key":"VC1"}}
      + {"scheduled":{"kind":"edge-recheck","key":"VC1","in":"1h","data":{"serial":"VC1"}}}
    metrics (- expected, + happened):
      + {"edges_told_total":{"serial":"VC1","service":"edge-monitor","version":"0.1.0"}}
    reads (- expected, + happened):
      + "bruin.ticket.details.request", which was to be left out
        there was {"subject":"get.links.with.edge.info","body":{"host":"vco1.example.net"}}
        there was {"subject":"bruin.ticket.details.request","body":{"ticket_id":1}}
    the service says: request failed {"subject":"bruin.ticket.note.append.request","status":500}"
  `);
});

test.each([
  [
    "a message that the service consumes",
    `given: { ${OFFLINE} }
when: [look, { message: { edge.seen: { serial: VC1 } } }, { advance: 2h }]
then: { effects: [], jobs: [{ scheduled: { kind: edge-recheck } }, { cancelled: { kind: edge-recheck, key: VC1 } }] }`,
  ],
  [
    "jobs over a restart",
    `given: { ${OFFLINE} }
when: [look, { restart: true }, { advance: 1h }]
then: { effects: [bruin.ticket.note.append.request: {}, notification.slack.request: {}], metrics: [edges_told_total: {}] }`,
  ],
  [
    "a world that changes",
    `given: { edges: { VC1: { state: CONNECTED } } }
when: [look, { then: { jobs: [] } }, { change: { edges: { VC1: { state: OFFLINE } } } }, look]
then: { jobs: [{ scheduled: { kind: edge-recheck } }] }`,
  ],
  [
    "replies that are used up, and what is tried again",
    `given: { ${OFFLINE}, replies: { bruin.ticket.details.request: [503] } }
when: [look, { advance: 1h }, { then: { effects: [] } }, { finish: true }]
then: { effects: [bruin.ticket.note.append.request: {}, notification.slack.request: {}] }`,
  ],
  [
    "a dry run",
    `given: { ${OFFLINE}, environment: { CURRENT_ENVIRONMENT: dev } }
when: [look, { advance: 1h }]
then: { effects: [withheld: { bruin.ticket.note.append.request: {} }, notification.slack.request: { message: could not note VC1 }] }`,
  ],
])("a scenario can be about %s", async (_, text) => {
  expect(await outcomeOf(text)).toBe("passed");
});

test.each([
  ["given: { replies: { a.b: 500 } }\nwhen: [look]\nthen: {}", "the service does not ask a.b"],
  ["when: [{ message: { a.b: {} } }]\nthen: {}", "Error: the service does not consume a.b"],
  ["when: [{ run: leap }]\nthen: {}", 'Error: the service has no schedule "leap"'],
  ["given: { environment: { HOST: null } }\nwhen: [look]\nthen: {}", "HOST"],
])("a scenario that cannot be played fails: %j", async (text, complaint) => {
  expect(await outcomeOf(text)).toContain(complaint);
});

test("a scenario with a reason is skipped", async () => {
  expect(await outcomeOf("skip: not built yet\nwhen: [look]\nthen: {}")).toBe("skipped");
});
