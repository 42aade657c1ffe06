import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startMonitoringServer } from "./monitoring-server.ts";

/** One series of an answer; the value as Prometheus writes it. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One series over time; each point is seconds since 1970 and a value. */
export interface SampledSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [time: number, value: number])[];
}

/** From when to when, in seconds since 1970, and how far points lie apart. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

export interface Prometheus {
  readonly url: string;
  /**
   * What an expression gives now.
   *
   * @throws an Error with Prometheus' own words when it is no PromQL
   */
  query(expression: string): Promise<Sample[]>;
  /** What an expression gives at each moment of a span. */
  queryRange(expression: string, span: Span): Promise<SampledSeries[]>;
  /** Names of all metrics that targets have declared, whether or not they have any series. */
  declared(): Promise<ReadonlySet<string>>;
  stop(): Promise<void>;
}

/** @param config the configuration file; JSON is YAML */
export async function startPrometheus(config: object): Promise<Prometheus> {
  const server = await startMonitoringServer({
    program: "prometheus",
    prepare: async ({ address, folder }) => {
      const file = join(folder, "prometheus.yml");
      await writeFile(file, JSON.stringify(config));
      return [
        `--config.file=${file}`,
        `--storage.tsdb.path=${join(folder, "data")}`,
        `--web.listen-address=${address}`,
      ];
    },
    readyPath: "/-/ready",
  });
  const ask = async (path: string, parameters: Record<string, string> = {}) => {
    const body = new URLSearchParams(parameters);
    const response = await fetch(`${server.url}/api/v1/${path}?${body}`);
    const answer = (await response.json()) as { status: string; error?: string; data: unknown };
    if (answer.status !== "success") throw new Error(`${answer.error}: ${parameters.query ?? path}`);
    return answer.data;
  };
  return {
    url: server.url,
    query: async (query) => {
      const { resultType, result } = (await ask("query", { query })) as { resultType: string; result: unknown };
      if (resultType !== "vector") throw new Error(`${query} is a ${resultType}`);
      const samples = result as { metric: Record<string, string>; value: [number, string] }[];
      return samples.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
    },
    queryRange: async (query, { start, end, step }) => {
      const span = { start: String(start), end: String(end), step: String(step) };
      const { result } = (await ask("query_range", { query, ...span })) as {
        result: { metric: Record<string, string>; values: [number, string][] }[];
      };
      return result.map(({ metric, values }) => ({
        metric,
        points: values.map(([time, value]) => [time, Number(value)] as const),
      }));
    },
    declared: async () => new Set(Object.keys((await ask("metadata")) as object)),
    stop: server.stop,
  };
}
