import type { Environment } from "./config/read-config.ts";

/** OpenTelemetry of this process. */
export interface Telemetry {
  /** Sends what has not been sent yet. */
  stop(): Promise<void>;
}

const ASKING = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_TRACES_EXPORTER"];

/** Whether the environment asks for traces by OpenTelemetry's own variables. */
export function wantsTelemetry(env: Environment): boolean {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === "true" || env.OTEL_TRACES_EXPORTER === "none") return false;
  return ASKING.some((variable) => (env[variable] ?? "") !== "");
}

/**
 * Starts exporting traces where the environment asks for it. OpenTelemetry is one for a whole process and reads
 * `process.env` itself, so this belongs to running a service alone. The library is large: it is loaded only here.
 */
export async function startTelemetry(service: string, env: Environment): Promise<Telemetry> {
  if (!wantsTelemetry(env)) return { stop: async () => undefined };
  const { NodeSDK } = await import("@opentelemetry/sdk-node");
  const sdk = new NodeSDK({
    serviceName: service,
    // Metrics and logs have their own ways out: Prometheus and standard output.
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [],
  });
  sdk.start();
  return { stop: () => sdk.shutdown() };
}
