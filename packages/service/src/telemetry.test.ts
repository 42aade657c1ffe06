import { expect, test } from "vitest";
import { wantsTelemetry } from "./telemetry.ts";

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector.example.net:4318" };

test.each([
  [{}, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: "" }, false],
  [endpoint, true],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://collector.example.net:4318/v1/traces" }, true],
  [{ OTEL_TRACES_EXPORTER: "console" }, true],
  [{ ...endpoint, OTEL_TRACES_EXPORTER: "none" }, false],
  [{ ...endpoint, OTEL_SDK_DISABLED: "TRUE" }, false],
])("%j asks for traces: %s", (env, wanted) => {
  expect(wantsTelemetry(env)).toBe(wanted);
});
