import type { GridPosition } from "./dashboard.ts";

const COLUMNS = 24;
const LINE = 30;
const GAP = 8;

/** Pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where a panel lies in a dashboard that is so many pixels wide, by Grafana's measures. */
export function boxOf({ x, y, w, h }: GridPosition, width: number): Box {
  const column = (width - GAP * (COLUMNS - 1)) / COLUMNS;
  return {
    left: Math.round(x * (column + GAP)),
    top: y * (LINE + GAP),
    width: Math.round(w * column + (w - 1) * GAP),
    height: h * LINE + (h - 1) * GAP,
  };
}

/** How high a dashboard is that holds these boxes. */
export function heightOf(boxes: readonly Box[]): number {
  return Math.max(0, ...boxes.map(({ top, height }) => top + height));
}
