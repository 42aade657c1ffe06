import { expect, it } from "vitest";
import { boardOf } from "./board.ts";
import { complaintsAbout } from "./complaints.ts";
import type { FieldDefaults, Legend, Panel } from "./dashboard.ts";
import { answering, dashboardOf } from "./testing/dashboard-of.ts";

const span = { start: 600, end: 660, step: 20 };
const view = { span, rateInterval: "20s", width: 1_248 };
type Answer = readonly (readonly [Record<string, string>, ...number[]])[];
const SHOWN: Legend = { showLegend: true, displayMode: "table", placement: "bottom", calcs: ["lastNotNull", "max"] };
const target = { refId: "A", expr: "up", legendFormat: "{{job}}" };

function panelOf(type: string, defaults: FieldDefaults = {}, rest: Partial<Panel> = {}): Partial<Panel> {
  return { type, targets: [target], fieldConfig: { defaults }, options: { legend: SHOWN }, ...rest };
}

async function contentOf(panel: Partial<Panel>, source = answering([{ job: "a" }, 1, 3, 2])) {
  const board = await boardOf(dashboardOf(panel), { ...view, source });
  return board.panels[0]?.content;
}

it("lines have the names, figures and colours that the panel says", async () => {
  const content = await contentOf(panelOf("timeseries", { unit: "reqps", min: 0 }));
  expect(content).toMatchObject({
    kind: "series",
    times: [600, 620, 640, 660],
    lines: [{ name: "a", color: "#73bf69", values: [1, 3, 2, null] }],
    legend: { columns: ["Last *", "Max"], entries: [{ name: "a", values: ["2 req/s", "3 req/s"] }] },
  });
});

it("a legend that is sorted begins with the largest", async () => {
  const legend = { ...SHOWN, sortBy: "Last *", sortDesc: true };
  const source = answering([{ job: "a" }, 1], [{ job: "b" }, 3], [{ job: "c" }, 2]);
  const content = await contentOf(panelOf("timeseries", {}, { options: { legend } }), source);
  expect(content).toMatchObject({ legend: { entries: [{ name: "b" }, { name: "c" }, { name: "a" }] } });
});

it.for<[string, FieldDefaults, number, string]>([
  ["is green below Grafana's own threshold", {}, 79, "#73bf69"],
  ["is red from Grafana's own threshold on", {}, 80, "#f2495c"],
  [
    "has the colour of the step that it reaches",
    { thresholds: { steps: [{ value: null, color: "blue" }] } },
    80,
    "#5794f2",
  ],
])("a figure %s", async ([, defaults, value, color]) => {
  const content = await contentOf(panelOf("stat", defaults), answering([{ job: "a" }, value]));
  expect(content).toMatchObject({ kind: "stat", figures: [{ color, text: String(value) }] });
});

it("states are spans in the colours of their values, interrupted where nothing is known", async () => {
  const mappings = [{ type: "value", options: { "0": { text: "well", color: "green" }, "2": { color: "red" } } }];
  const source = answering([{ job: "a" }, 0, 0, Number.NaN, 2]);
  const content = await contentOf(panelOf("state-timeline", { mappings }), source);
  const third = expect.closeTo(2 / 3);
  expect(content).toMatchObject({
    rows: [
      {
        name: "a",
        spans: [
          { from: 0, to: third, color: "#73bf69" },
          { from: 1, to: 1, color: "#f2495c" },
        ],
      },
    ],
    legend: { entries: [{ name: "well" }, { name: "2" }] },
  });
});

it("a pie's slices are shares of the whole", async () => {
  const content = await contentOf(panelOf("piechart"), answering([{ job: "a" }, 1], [{ job: "b" }, 3]));
  expect(content).toMatchObject({ slices: [{ share: 0.25 }, { share: 0.75 }] });
});

it("a gauge goes from its least to its most", async () => {
  const content = await contentOf(panelOf("gauge", { min: 0, max: 10, unit: "none" }), answering([{}, 4]));
  expect(content).toMatchObject({ text: "4", share: 0.4 });
});

it.for<[string, Partial<Panel>, Answer, string | undefined]>([
  ["nothing where all is well", panelOf("timeseries"), [[{ job: "a" }, 1]], undefined],
  ["no data", panelOf("timeseries"), [], "no data"],
  ["values that are no numbers", panelOf("timeseries"), [[{ job: "a" }, Number.NaN]], "no data"],
  [
    "a legend that is not shown",
    panelOf("timeseries", {}, { options: { legend: { ...SHOWN, showLegend: false } } }),
    [[{ job: "a" }, 1]],
    "1 series and no legend",
  ],
  ["a series without a name", panelOf("piechart"), [[{}, 1]], "a series has no name"],
  [
    "two series of one name",
    panelOf("timeseries"),
    [
      [{ job: "a" }, 1],
      [{ job: "a" }, 2],
    ],
    'several series are called "a"',
  ],
  [
    "labels instead of a name",
    panelOf("timeseries", {}, { targets: [{ refId: "A", expr: "up" }] }),
    [[{ job: "a" }, 1]],
    'a series is called by its labels: {job="a"}',
  ],
  [
    "a variable that is not there",
    panelOf("timeseries", {}, { targets: [{ refId: "A", expr: "up[$span]" }] }),
    [],
    "$span is no variable of this dashboard: up[$span]",
  ],
  [
    "a unit that is not known",
    panelOf("timeseries", { unit: "knots" }),
    [[{ job: "a" }, 1]],
    'the unit "knots" cannot be drawn yet',
  ],
])("a reader complains of %s", async ([, panel, series, complaint]) => {
  const board = await boardOf(dashboardOf(panel), { ...view, source: answering(...series) });
  expect(complaintsAbout(board)).toEqual(complaint === undefined ? [] : [`Test: Panel: ${complaint}`]);
});

it("a panel whose query is refused says what Prometheus said", async () => {
  const source = { ...answering(), queryRange: () => Promise.reject(new Error("parse error")) };
  expect(await contentOf(panelOf("timeseries"), source)).toEqual({ kind: "error", message: "parse error" });
});
