import type { Metric, MetricObjectWithValues, MetricValueWithName, Registry } from "prom-client";

type Labels = "subject" | "status_class";

/** Counts durations of one subject that ended with one class of status. */
export interface DurationSeries {
  observe(milliseconds: number): void;
}

interface Series extends DurationSeries {
  readonly subject: string;
  readonly statusClass: string;
  readonly counts: Float64Array;
  sum: number;
}

/**
 * A histogram of durations in seconds, as prom-client shows its own. Its own looks each series up by a text made of
 * all labels, twice for every request; here a series is an array that is found once.
 */
export class DurationHistogram {
  readonly name: string;
  readonly help: string;
  readonly type = "histogram";
  readonly aggregator = "sum";
  readonly #bounds: readonly number[];
  readonly #series = new Map<string, Series>();

  constructor(options: { name: string; help: string; buckets: readonly number[]; registry: Registry }) {
    this.name = options.name;
    this.help = options.help;
    this.#bounds = options.buckets;
    // The registry calls nothing but `get` and `reset`; its type asks for one of its own classes.
    options.registry.registerMetric(this as unknown as Metric<Labels>);
  }

  series(subject: string, statusClass: string): DurationSeries {
    const bounds = this.#bounds;
    const key = `${statusClass} ${subject}`;
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const series: Series = {
      subject,
      statusClass,
      counts: new Float64Array(bounds.length + 1),
      sum: 0,
      observe(milliseconds) {
        const seconds = milliseconds / 1000;
        let index = 0;
        while (index < bounds.length && seconds > (bounds[index] ?? 0)) index += 1;
        series.counts[index] = (series.counts[index] ?? 0) + 1;
        series.sum += seconds;
      },
    };
    this.#series.set(key, series);
    return series;
  }

  async get(): Promise<MetricObjectWithValues<MetricValueWithName<string>>> {
    const { name, help, type, aggregator } = this;
    const values = [...this.#series.values()].flatMap((series) => this.#valuesOf(series));
    return { name, help, type: type as never, aggregator, values, collect() {} };
  }

  reset(): void {
    this.#series.clear();
  }

  #valuesOf({ subject, statusClass, counts, sum }: Series): MetricValueWithName<string>[] {
    const labels = { subject, status_class: statusClass };
    let count = 0;
    const buckets = [...this.#bounds, "+Inf"].map((le, index) => {
      count += counts[index] ?? 0;
      return { metricName: `${this.name}_bucket`, labels: { le, ...labels }, value: count };
    });
    return [
      ...buckets,
      { metricName: `${this.name}_sum`, labels, value: sum },
      { metricName: `${this.name}_count`, labels, value: count },
    ];
  }
}
