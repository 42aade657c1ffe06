import { expect, it } from "vitest";
import { boxOf, heightOf } from "./layout.ts";

it("panels side by side fill the width, with a gap between them", () => {
  const [left, right] = [0, 12].map((x) => boxOf({ x, y: 1, w: 12, h: 8 }, 1_248));
  expect(left).toEqual({ left: 0, top: 38, width: 620, height: 296 });
  expect(right).toEqual({ left: 628, top: 38, width: 620, height: 296 });
});

it("a dashboard is as high as its lowest panel reaches", () => {
  expect(heightOf([boxOf({ x: 0, y: 0, w: 24, h: 1 }, 1_248), boxOf({ x: 0, y: 1, w: 6, h: 4 }, 1_248)])).toBe(182);
});
