import type { Panel } from "./dashboard.ts";
import { seriesName } from "./legend.ts";
import { resolved, targetsOf, type VariableValues } from "./query.ts";
import type { SampledSeries, Source, Span } from "./source.ts";

/** A series and the name that its query gives it. */
export interface NamedSeries {
  readonly name: string;
  readonly points: SampledSeries["points"];
}

/**
 * What Prometheus has for a panel, its queries one after the other.
 *
 * @throws an Error with Prometheus' own words when a query is no PromQL
 */
export async function answersOf(
  panel: Panel,
  source: Source,
  { values, span }: { readonly values: VariableValues; readonly span: Span },
): Promise<NamedSeries[]> {
  const answers = targetsOf(panel).map(async ({ expr, legendFormat, instant }) => {
    const query = resolved(expr, values);
    const series = instant === true ? await now(source, query, span) : await source.queryRange(query, span);
    return series.map(({ metric, points }) => ({ name: seriesName(legendFormat, metric), points }));
  });
  return (await Promise.all(answers)).flat();
}

async function now(source: Source, query: string, { end }: Span): Promise<SampledSeries[]> {
  const samples = await source.query(query);
  return samples.map(({ metric, value }) => ({ metric, points: [[end, value]] }));
}
