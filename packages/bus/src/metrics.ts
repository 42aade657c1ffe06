import { Counter, Gauge, Histogram, type Registry } from "prom-client";

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Labels are subjects of contracts, status classes and fixed words: their number does not grow with traffic. */
export interface BusMetrics {
  readonly requestDuration: Histogram<"subject" | "status_class">;
  readonly handlerDuration: Histogram<"subject" | "status_class">;
  readonly dropped: Counter<"subject" | "reason">;
  readonly claimBytes: Counter<"direction">;
  readonly published: Counter<"subject">;
  readonly consumed: Counter<"subject" | "outcome">;
  readonly deadLetters: Counter<"subject">;
  readonly withheld: Counter<"subject">;
  readonly auditFailures: Counter<string>;
  /** Reports a number of things under way, by subject, when the metrics are read. */
  gauge(name: string, help: string, read: () => Iterable<readonly [subject: string, count: number]>): void;
}

/** Why a request got no answer. */
export type DropReason = "expired" | "late" | "unsent";

export function createMetrics(registry: Registry): BusMetrics {
  const existing = <Metric>(name: string) => registry.getSingleMetric(name) as Metric | undefined;
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> =>
    existing<Counter<Label>>(name) ?? new Counter({ name, help, labelNames, registers: [registry] });
  const histogram = <Label extends string>(name: string, help: string, labelNames: Label[]): Histogram<Label> =>
    existing<Histogram<Label>>(name) ??
    new Histogram({ name, help, labelNames, buckets: SECONDS, registers: [registry] });

  return {
    requestDuration: histogram("bus_request_duration_seconds", "From asking to having the answer", [
      "subject",
      "status_class",
    ]),
    handlerDuration: histogram("bus_handler_duration_seconds", "From a request's arrival to its answer", [
      "subject",
      "status_class",
    ]),
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
        collect() {
          for (const [subject, count] of read()) gauge.set({ subject }, count);
        },
      });
    },
  };
}

/** `2xx`, `4xx`, `5xx`, ... or `other`. */
export function statusClass(status: number): string {
  return status >= 100 && status < 600 ? `${Math.floor(status / 100)}xx` : "other";
}
