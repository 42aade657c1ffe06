import { Counter, Gauge, type Registry } from "prom-client";
import { DurationHistogram, type DurationSeries } from "./duration-histogram.ts";

/** Observes durations of one subject, in milliseconds, by the status they ended with. */
export type Stopwatch = (status: number, milliseconds: number) => void;

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

type BySubject = Iterable<readonly [subject: string, count: number]>;

/** Labels are subjects of contracts, status classes and fixed words: their number does not grow with traffic. */
export interface BusMetrics {
  requestStopwatch(subject: string): Stopwatch;
  handlerStopwatch(subject: string): Stopwatch;
  readonly dropped: Counter<"subject" | "reason">;
  readonly claimBytes: Counter<"direction">;
  readonly published: Counter<"subject">;
  readonly consumed: Counter<"subject" | "outcome">;
  readonly deadLetters: Counter<"subject">;
  readonly withheld: Counter<"subject">;
  readonly auditFailures: Counter<string>;
  /** Reports a number of things under way, by subject, when the metrics are read. */
  gauge(name: string, help: string, read: () => BySubject | Promise<BySubject>): void;
}

/** Why a request got no answer. */
export type DropReason = "expired" | "late" | "unsent";

export function createMetrics(registry: Registry): BusMetrics {
  const existing = <Metric>(name: string) => registry.getSingleMetric(name) as unknown as Metric | undefined;
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> =>
    existing<Counter<Label>>(name) ?? new Counter({ name, help, labelNames, registers: [registry] });
  const histogram = (name: string, help: string): DurationHistogram =>
    existing<DurationHistogram>(name) ?? new DurationHistogram({ name, help, buckets: SECONDS, registry });
  const requests = histogram("bus_request_duration_seconds", "From asking to having the answer");
  const handlers = histogram("bus_handler_duration_seconds", "From a request's arrival to its answer");

  return {
    requestStopwatch: (subject) => stopwatch(requests, subject),
    handlerStopwatch: (subject) => stopwatch(handlers, subject),
    dropped: counter("bus_dropped_total", "Requests that got no answer because nobody waited for it any more", [
      "subject",
      "reason",
    ]),
    claimBytes: counter("bus_claim_check_bytes_total", "Bytes parked in and fetched from Redis", ["direction"]),
    published: counter("bus_published_total", "Messages published", ["subject"]),
    consumed: counter("bus_consumed_total", "Deliveries of messages by what became of them", ["subject", "outcome"]),
    deadLetters: counter("dead_letters_total", "Messages parked because they cannot be processed", ["subject"]),
    withheld: counter("bus_withheld_total", "Writes that a dry run kept back", ["subject"]),
    auditFailures: counter("audit_failures_total", "Writes whose audit record could not be stored", []),
    gauge(name, help, read) {
      const gauge =
        existing<Gauge<"subject">>(name) ?? new Gauge({ name, help, labelNames: ["subject"], registers: [registry] });
      Object.assign(gauge, {
        async collect() {
          const counts = await read();
          // What is no longer under way is no longer listed.
          gauge.reset();
          for (const [subject, count] of counts) gauge.set({ subject }, count);
        },
      });
    },
  };
}

function stopwatch(histogram: DurationHistogram, subject: string): Stopwatch {
  const series = new Map<string, DurationSeries>();
  return (status, milliseconds) => {
    const statusClass = classOf(status);
    let found = series.get(statusClass);
    if (found === undefined) {
      found = histogram.series(subject, statusClass);
      series.set(statusClass, found);
    }
    found.observe(milliseconds);
  };
}

/** `2xx`, `4xx`, `5xx`, ... or `other`. */
function classOf(status: number): string {
  switch (Math.floor(status / 100)) {
    case 1:
      return "1xx";
    case 2:
      return "2xx";
    case 3:
      return "3xx";
    case 4:
      return "4xx";
    case 5:
      return "5xx";
    default:
      return "other";
  }
}
