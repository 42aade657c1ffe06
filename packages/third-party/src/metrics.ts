import { Counter, Gauge, Histogram, type Registry } from "prom-client";

export type BreakerState = "closed" | "half-open" | "open";

const STATES: Readonly<Record<BreakerState, number>> = { closed: 0, "half-open": 1, open: 2 };

export interface CallLabels {
  readonly system: string;
  readonly host: string;
  readonly method: string;
  readonly endpoint: string;
}

export interface CallMetrics {
  /** @param outcome the answer's status, or the reason why there was none */
  count(call: CallLabels, outcome: string): void;
  /** @returns what to call when the answer is complete */
  time(call: CallLabels): () => void;
  breaker(state: BreakerState): void;
}

/** Metrics of the way to one host; several of them share a registry. Endpoints are path templates, so labels stay few. */
export function createMetrics(registry: Registry, labels: { system: string; host: string }): CallMetrics {
  const { requests, duration, breaker } = metricsOf(registry);
  breaker.set(labels, STATES.closed);
  return {
    count: ({ method, endpoint }, status) => requests.inc({ ...labels, method, endpoint, status }),
    time: ({ method, endpoint }) => duration.startTimer({ ...labels, method, endpoint }),
    breaker: (state) => breaker.set(labels, STATES[state]),
  };
}

function metricsOf(registry: Registry) {
  const registers = [registry];
  const call = ["system", "host", "method", "endpoint"] as const;
  return {
    requests: existing<Counter>(registry, "third_party_requests_total", (name) => {
      const help = "Requests to third parties by answer status, or by the reason why there was no answer";
      return new Counter({ name, help, registers, labelNames: [...call, "status"] });
    }),
    duration: existing<Histogram>(registry, "third_party_request_duration_seconds", (name) => {
      const buckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
      const help = "Time from sending a request to a third party until its answer is complete";
      return new Histogram({ name, help, registers, labelNames: [...call], buckets });
    }),
    breaker: existing<Gauge>(registry, "third_party_breaker_state", (name) => {
      const help = "0 closed, 1 half-open, 2 open: requests are refused without being sent";
      return new Gauge({ name, help, registers, labelNames: ["system", "host"] });
    }),
  };
}

function existing<Metric>(registry: Registry, name: string, make: (name: string) => Metric): Metric {
  return (registry.getSingleMetric(name) as Metric | undefined) ?? make(name);
}
