/** Label matchers of a PromQL selector, such as `host=~"$host"`, joined by commas; empty for none. */
export type Filters = string;

interface Selection {
  /** @default all series */
  readonly filters?: Filters;
  /** Labels that groups are told apart by. @default one group */
  readonly by?: readonly string[];
}

/**
 * How often something was counted within a window that ends now, for each series.
 *
 * `increase()` alone misses the first event of each series: a counter with labels begins to exist with its first
 * event, at 1, and there is no 0 before it to have grown from. Tickets are few and their labels many, so that the
 * first event of a series is often its only one. What a series began with inside the window is therefore added.
 * Restarts are seen through: a counter that falls has begun at 0 again.
 */
export function events(metric: string, filters: Filters, window: string): string {
  const all = `${metric}{${filters}}`;
  const grown = `increase(${all}[${window}])`;
  const born = `(min_over_time(${all}[${window}]) unless ${all} offset ${window})`;
  return `(${grown} + ${born}) or ${grown} or ${born}`;
}

/** Events in total, 0 where there were none; `by` groups them, and then groups without any are left out. */
export function countOf(metric: string, window: string, { filters = "", by = [] }: Selection = {}): string {
  const counted = events(metric, filters, window);
  return by.length === 0 ? `sum(${counted}) or vector(0)` : `sum by (${by.join(", ")}) (${counted})`;
}

/**
 * A flat 0 called "none" where an expression gives nothing, so that "nothing happened" does not look like "no data".
 *
 * @param label the label that "none" is put into, one of those that the expression's series have
 */
export function orNone(expr: string, label: string): string {
  return `(${expr}) or on() label_replace(vector(0), "${label}", "none", "", "")`;
}

/** Seconds that a share of what a histogram has observed took at most. */
export function quantile(share: number, histogram: string, { filters = "", by = [] }: Selection): string {
  const labels = ["le", ...by].join(", ");
  return `histogram_quantile(${share}, sum by (${labels}) (rate(${histogram}_bucket{${filters}}[$__rate_interval])))`;
}

/** Events per second. */
export function rateOf(metric: string, { filters = "", by = [] }: Selection): string {
  return `sum by (${by.join(", ")}) (rate(${metric}{${filters}}[$__rate_interval]))`;
}
