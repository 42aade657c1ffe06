import { expect, test } from "vitest";
import { smsParts } from "./sms-parts.ts";

test.each([
  ["nothing", "", "GSM-7", [0]],
  ["160 characters", "x".repeat(160), "GSM-7", [160]],
  ["161 characters", "x".repeat(161), "GSM-7", [153, 8]],
  ["306 characters", "x".repeat(306), "GSM-7", [153, 153]],
  ["307 characters", "x".repeat(307), "GSM-7", [153, 153, 1]],
  ["the alphabet's own accents", "é".repeat(160), "GSM-7", [160]],
  ["80 characters of two places", "€".repeat(80), "GSM-7", [80]],
  ["81 characters of two places, none of them divided", "€".repeat(81), "GSM-7", [76, 5]],
  ["70 others", "ő".repeat(70), "UCS-2", [70]],
  ["71 others", "ő".repeat(71), "UCS-2", [67, 4]],
  ["one other among many", `${"x".repeat(70)}–`, "UCS-2", [67, 4]],
  ["35 emoji", "🚨".repeat(35), "UCS-2", [70]],
  ["36 emoji, none of them divided", "🚨".repeat(36), "UCS-2", [66, 6]],
])("%s", (_, text, encoding, lengths) => {
  const split = smsParts(text);
  expect(split.encoding).toBe(encoding);
  expect(split.parts.map((part) => part.length)).toEqual(lengths);
  expect(split.parts.join("")).toBe(text);
});
