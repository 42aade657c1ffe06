/** Where an axis has its lines, and what stands beside them. */
export interface Axis {
  readonly min: number;
  readonly max: number;
  readonly splits: readonly number[];
  readonly labels: readonly string[];
}

export interface Bounds {
  /** As the panel says; as the values say where it says nothing. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** The most lines there is room for. */
  readonly room: number;
  readonly label: (value: number) => string;
  /** Lines lie at whole numbers, at powers of two (as for bytes), or at any round number. @default round */
  readonly grid?: "whole" | "binary" | "round";
}

/** An axis that holds all values, with a tenth of air above, and lines at round numbers. */
export function valueAxis(values: readonly number[], { min, max, room, label, grid = "round" }: Bounds): Axis {
  const lowest = min ?? values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const highest = values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  const bottom = Number.isFinite(lowest) ? lowest : 0;
  const top = max ?? (highest > bottom ? highest + (highest - bottom) / 10 : bottom + 1);
  const splits = multiplesWithin(bottom, top, increment((top - bottom) / room, grid));
  return { min: bottom, max: top, splits, labels: splits.map((split) => short(label(split))) };
}

/** Without zeros behind the point that say nothing: "0.3 req/s" rather than "0.300 req/s". */
function short(label: string): string {
  return label.replace(/(\.\d*?)0+(?!\d)/, "$1").replace(/\.(?!\d)/, "");
}

/** The smallest round number that is not below `least`. */
function increment(least: number, grid: Bounds["grid"]): number {
  if (grid === "binary") return 2 ** Math.ceil(Math.log2(least));
  if (grid === "whole" && least < 1) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5, 10].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10) * power;
}

const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400];

/** An axis of time, in seconds since 1970, told in UTC. */
export function timeAxis(from: number, to: number, room: number): Axis {
  const least = (to - from) / room;
  const step = SECONDS.find((seconds) => seconds >= least) ?? Math.ceil(least / 86_400) * 86_400;
  const splits = multiplesWithin(from, to, step);
  return { min: from, max: to, splits, labels: splits.map((time) => clock(time, step)) };
}

function clock(time: number, step: number): string {
  const text = new Date(time * 1_000).toISOString();
  if (step >= 86_400) return text.slice(5, 10);
  return text.slice(11, step < 60 ? 19 : 16);
}

/** Counted in steps rather than added up, so that 0.3 is 0.3. */
function multiplesWithin(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
