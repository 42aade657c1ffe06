import { expect, test } from "vitest";
import { imageType } from "./image-type.ts";

test.each([
  ["89504e470d0a1a0a0000000d", "image/png"],
  ["ffd8ffe000104a464946", "image/jpeg"],
  ["474946383961", "image/gif"],
  ["524946462400000057454250", "image/webp"],
  ["424d3600", "image/bmp"],
  ["49492a00", "image/tiff"],
  ["3c737667", undefined],
  ["", undefined],
])("%s begins %s", (hex, type) => {
  expect(imageType(Buffer.from(hex, "hex"))).toBe(type);
});
