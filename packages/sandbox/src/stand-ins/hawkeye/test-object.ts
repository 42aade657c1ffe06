import type { World } from "../../world/world.ts";
import { seconds } from "./probe-object.ts";
import type { TestRun } from "./test-history.ts";

/** A test result as the list of results has it. */
export function testSummary(world: World, { id, testId, kind, probe, at, passed }: TestRun) {
  return {
    id: String(id),
    date: seconds(at),
    duration: 30,
    meshId: 0,
    mesh: 0,
    module: kind.module,
    probeFrom: probe.name,
    probeTo: kind.module === "N2N" ? partnerOf(world, probe) : "www.example.net",
    reasonCause: "",
    status: passed ? "Passed" : "Failed",
    testId: String(testId),
    testOptions: kind.options,
    testTag: kind.tag,
    testType: kind.type,
    userId: "1",
  };
}

/** A test result by itself: what the list says, and its figures. */
export function testDetail(world: World, run: TestRun) {
  return {
    ...testSummary(world, run),
    parameters: {},
    probeFromId: String(run.probe.id),
    probeToId: "0",
    metrics: run.kind.module === "N2N" ? networkFigures(run) : serviceFigures(run),
  };
}

/** A customer's probes test against the one at its first site. */
function partnerOf({ probes }: World, { site }: TestRun["probe"]): string {
  return probes.all.find((each) => each.site.customer === site.customer)?.name ?? "";
}

const UPPER = "0";
const LOWER = "1";
const NONE = "-1";

function networkFigures({ id, passed }: TestRun) {
  const wobble = id % 3;
  return ["Voice from->to", "Voice to->from"].flatMap((pairName) => [
    { metric: "Datagrams lost (%)", pairName, ...figure(passed, { good: 0, bad: 3 + wobble, threshold: 1 }) },
    { metric: "Delay (ms)", pairName, ...figure(passed, { good: 21 + wobble, bad: 48 + wobble, threshold: 150 }) },
    { metric: "Jitter (ms)", pairName, ...figure(passed, { good: 1 + wobble, bad: 9 + wobble, threshold: 5 }) },
    { metric: "MOS", pairName, ...figure(passed, { good: 4.4, bad: 3.1, threshold: 4, bound: LOWER }) },
    { metric: "Out of order packets", pairName, value: "0", threshold: "", thresholdType: NONE, status: "" },
  ]);
}

function serviceFigures({ id, passed }: TestRun) {
  const pairName = "www.example.net";
  const wobble = id % 7;
  return [
    {
      metric: "HTTP Time (ms)",
      pairName,
      ...figure(passed, { good: 180 + wobble, bad: 2_900 + wobble, threshold: 1_000 }),
    },
    { metric: "DNS Time (ms)", pairName, ...figure(passed, { good: 12 + wobble, bad: 40 + wobble, threshold: 200 }) },
  ];
}

interface Levels {
  readonly good: number;
  readonly bad: number;
  readonly threshold: number;
  readonly bound?: typeof UPPER | typeof LOWER;
}

function figure(passed: boolean, { good, bad, threshold, bound = UPPER }: Levels) {
  const value = passed ? good : bad;
  const within = bound === UPPER ? value <= threshold : value >= threshold;
  return {
    value: String(value),
    threshold: String(threshold),
    thresholdType: bound,
    status: within ? "Passed" : "Failed",
  };
}
