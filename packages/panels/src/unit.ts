/**
 * A value as Grafana writes it in a unit of its own names, with as many decimals as the value needs.
 *
 * @param decimals as the panel says. @default what the value needs
 * @throws an Error for a unit that is not in use yet
 */
export function formatted(value: number, unit: string, decimals?: number): string {
  if (!Number.isFinite(value)) return String(value);
  const format = FORMATS[unit];
  if (format === undefined) throw new Error(`the unit "${unit}" cannot be drawn yet`);
  return format(value, decimals);
}

type Format = (value: number, decimals: number | undefined) => string;

/** Where a scale's next name begins. */
interface Scale {
  readonly step: number;
  readonly names: readonly string[];
}

const SHORT: Scale = { step: 1000, names: ["", " K", " Mil", " Bil", " Tri"] };

const FORMATS: Readonly<Record<string, Format>> = {
  none: (value, decimals) => fixed(value, decimals),
  locale: (value, decimals) => value.toLocaleString("en-US", { maximumFractionDigits: decimals ?? 3 }),
  short: scaled(SHORT),
  bytes: scaled({ step: 1024, names: [" B", " KiB", " MiB", " GiB", " TiB"] }),
  Bps: scaled({ step: 1000, names: [" B/s", " kB/s", " MB/s", " GB/s"] }),
  reqps: perSecond("req/s"),
  ops: perSecond("ops/s"),
  mps: perSecond("msg/s"),
  cps: perSecond("c/s"),
  percent: (value, decimals) => `${fixed(value, decimals)}%`,
  percentunit: (value, decimals) => `${fixed(value * 100, decimals)}%`,
  s: seconds,
  dtdhms: clock,
};

/** "12.5 K req/s" */
function perSecond(name: string): Format {
  const count = scaled({ step: 1000, names: ["", "K", "M", "B"] });
  return (value, decimals) => `${count(value, decimals)} ${name}`;
}

function scaled({ step, names }: Scale): Format {
  return (value, decimals) => {
    const power = Math.min(Math.max(Math.floor(Math.log(Math.abs(value)) / Math.log(step)), 0), names.length - 1);
    const index = Number.isFinite(power) ? power : 0;
    return `${fixed(value / step ** index, decimals)}${names[index] ?? ""}`;
  };
}

/** The names of spans of time, and the shortest span that each is used from. */
const SPANS: readonly (readonly [from: number, seconds: number, name: string])[] = [
  [31_536_000, 31_536_000, "year"],
  [604_800, 604_800, "week"],
  [86_400, 86_400, "day"],
  [3_600, 3_600, "hour"],
  [60, 60, "min"],
  [1, 1, "s"],
  [1e-3, 1e-3, "ms"],
  [1e-6, 1e-6, "µs"],
  [0, 1e-9, "ns"],
];

function seconds(value: number, decimals: number | undefined): string {
  if (value === 0) return "0 s";
  const [, size, name] = SPANS.find(([from]) => Math.abs(value) >= from) ?? [0, 1, "s"];
  const count = value / size;
  const plural = name.length > 3 && Math.abs(count) > 1 ? "s" : "";
  return `${fixed(count, decimals)} ${name}${plural}`;
}

/** "3 d 02:10:00" */
function clock(value: number): string {
  const whole = Math.round(value);
  const days = Math.floor(whole / 86_400);
  const parts = [Math.floor(whole / 3_600) % 24, Math.floor(whole / 60) % 60, whole % 60];
  const time = parts.map((part) => String(part).padStart(2, "0")).join(":");
  return days > 0 ? `${days} d ${time}` : time;
}

function fixed(value: number, decimals = decimalsOf(value)): string {
  return value.toFixed(decimals);
}

/** Three significant digits, and nothing behind the point of whole numbers. */
function decimalsOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  return Math.min(Math.max(2 - Math.floor(Math.log10(Math.abs(value))), 0), 20);
}
