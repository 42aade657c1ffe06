import { expect, test } from "vitest";
import { spacedJson } from "./spaced-json.ts";

test.each([
  [
    { ParameterNames: ["Device.A", "Device.B"], Source: 0 },
    '{"ParameterNames": ["Device.A", "Device.B"], "Source": 0}',
  ],
  [
    { ParameterNames: [], Source: undefined, deep: { on: true, none: null } },
    '{"ParameterNames": [], "deep": {"on": true, "none": null}}',
  ],
  [{ name: 'a "b", c: d' }, '{"name": "a \\"b\\", c: d"}'],
  [{ name: "Zürich 😀" }, '{"name": "Z\\u00fcrich \\ud83d\\ude00"}'],
])("%j", (value, text) => {
  expect(spacedJson(value)).toBe(text);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
});
