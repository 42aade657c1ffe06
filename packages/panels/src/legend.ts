/** Labels of a series. */
export type Labels = Readonly<Record<string, string>>;

/** What Grafana calls a series of which nothing is known. */
export const NAMELESS = "Value";

/** The name of a series: its labels put into the double braces of a format, nothing for those that it lacks. */
export function seriesName(format: string | undefined, labels: Labels): string {
  if (format === undefined || format === "") return labelSet(labels);
  const name = format.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label: string) => labels[label] ?? "");
  return name.trim() === "" ? NAMELESS : name;
}

/** As Prometheus writes a series: what Grafana shows where no format is given. */
function labelSet({ __name__ = "", ...labels }: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return `${__name__}{${pairs.join(", ")}}`;
}

type Values = readonly (number | null)[];

/** Of a line's values the one that a legend or a stat shows. */
export function reduced(calculation: string, values: Values): number | undefined {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return undefined;
  switch (calculation) {
    case "last":
    case "lastNotNull":
      return known.at(-1);
    case "max":
      return Math.max(...known);
    case "min":
      return Math.min(...known);
    case "mean":
      return known.reduce((sum, value) => sum + value, 0) / known.length;
    default:
      throw new Error(`the calculation "${calculation}" cannot be drawn yet`);
  }
}

/** What the legend calls a calculation. */
export function calculationTitle(calculation: string): string {
  const titles: Readonly<Record<string, string>> = {
    last: "Last",
    lastNotNull: "Last *",
    max: "Max",
    min: "Min",
    mean: "Mean",
  };
  return titles[calculation] ?? calculation;
}
