export { type MovableClock, movableClock } from "@trunkline/clock";
export { type Captured, capture } from "./capture.ts";
export { type EventuallyOptions, eventually } from "./eventually.ts";
export { type RandomPayloads, randomPayloads } from "./random-payload.ts";
export { type Script, type ScriptedBridge, type ScriptedRequest, scriptedBridge } from "./scripted-bridge.ts";
export { startTestBrokers, type TestBrokers } from "./test-brokers.ts";
