export { type MovableClock, movableClock } from "@trunkline/clock";
export {
  type AcmeState,
  acmeDetails,
  acmeLinks,
  acmeNote,
  acmePairs,
  acmeTicket,
  cachedAcme,
  DOWN,
  HOST,
  NOW,
  ROBOT,
  triageText,
} from "./acme.ts";
export { chromiumPath, launchChromium, openPage, type WatchedPage } from "./browser.ts";
export { type Captured, capture } from "./capture.ts";
export { type EventuallyOptions, eventually } from "./eventually.ts";
export { startAlertmanager } from "./monitoring/alertmanager.ts";
export { type MonitoringProgram, monitoringProgram } from "./monitoring/monitoring-program.ts";
export type { MonitoringServer } from "./monitoring/monitoring-server.ts";
export { startNatsExporter } from "./monitoring/nats-exporter.ts";
export { type Prometheus, type Sample, type SampledSeries, startPrometheus } from "./monitoring/prometheus.ts";
export { startRedisExporter } from "./monitoring/redis-exporter.ts";
export { type RandomPayloads, randomPayloads } from "./random-payload.ts";
export { type Script, type ScriptedBridge, type ScriptedRequest, scriptedBridge } from "./scripted-bridge.ts";
export { type SeverableProxy, severableProxy } from "./severable-proxy.ts";
export { type Answer, Refused, talkingBus } from "./talking-bus.ts";
export { startTestBrokers, type TestBrokers } from "./test-brokers.ts";
