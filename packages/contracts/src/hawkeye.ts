import { z } from "zod";
import { contractsOf } from "./contract.ts";

const { request } = contractsOf("hawkeye-bridge", "hawkeye_bridge");

const NO_BODY = 'Must include "body" in request';

// Hawkeye writes most values as text, and its versions differ in which. A value of an unexpected type becomes null,
// because one odd probe must not hide all the others.
const text = z.string().nullable().catch(null);
const id = z.union([z.string(), z.number()]).transform(String);
const figure = id.nullable().catch(null);

/** Whether a probe is reachable for one kind of test: 1 is up, 0 is down; `lastUpdate` is ISO 8601 or `never`. */
const probeStatus = z
  .looseObject({ status: z.union([z.int(), z.string()]).transform(Number).catch(0), lastUpdate: text })
  .nullable()
  .catch(null);

/** A probe (Network Scout) as Hawkeye lists it. */
export const hawkeyeProbe = z.looseObject({
  probeId: id,
  uid: text.describe("Its MAC address; tests are asked for by it"),
  name: text,
  typeName: text.describe("xr_pi, xr2000, ..."),
  serialNumber: text,
  probeGroup: text,
  active: figure.describe("0 or 1"),
  nodetonode: probeStatus.describe("Tests between probes"),
  realservice: probeStatus.describe("Tests against real services"),
});
export type HawkeyeProbe = z.output<typeof hawkeyeProbe>;

/** One figure of a test result. The threshold's type is "0" for an upper bound, "1" for a lower one, "-1" for none. */
export const hawkeyeMetric = z.looseObject({
  metric: text,
  pairName: text,
  value: figure,
  threshold: figure,
  thresholdType: figure,
  status: text.describe("Passed, Failed or empty"),
});
export type HawkeyeMetric = z.output<typeof hawkeyeMetric>;

/** A test that a probe has run: what the list of results says of it, and its figures. */
export const hawkeyeTestResult = z.looseObject({
  summary: z.looseObject({
    id,
    date: text.describe("ISO 8601"),
    module: text.describe("N2N or RealService"),
    status: text.describe("Passed, Failed, Error, ..."),
    probeFrom: text.describe("The probe's name"),
    probeTo: text,
    testId: figure,
    testType: text,
  }),
  metrics: z.array(hawkeyeMetric).catch([]),
});
export type HawkeyeTestResult = z.output<typeof hawkeyeTestResult>;

export const requestProbes = request({
  subject: "hawkeye.probe.request",
  effect: "read",
  timeoutSeconds: 120,
  description: "Probes with their state; all of them unless a serial number or a state narrows the list.",
  body: z.looseObject({
    serial_number: z.string().nullish(),
    status: z.string().nullish().describe("As Hawkeye names it, such as down"),
  }),
  reply: z.array(hawkeyeProbe),
  complaints: { noBody: NO_BODY },
});

export const requestTestResults = request({
  subject: "hawkeye.test.request",
  effect: "read",
  timeoutSeconds: 120,
  description: "What the named probes have tested in an interval, by probe; one that has no results is left out.",
  body: z.looseObject({
    probe_uids: z.array(z.string().min(1)),
    interval: z.looseObject({
      start: z.string().min(1).describe("UTC; handed to Hawkeye as it is"),
      end: z.string().min(1).describe("UTC; handed to Hawkeye as it is"),
    }),
  }),
  reply: z.record(z.string(), z.array(hawkeyeTestResult)),
  complaints: {
    noBody: NO_BODY,
    missingKeys: {
      probe_uids: 'Must include "probe_uids" in the body of the request',
      interval: 'Must include "interval" in the body of the request',
    },
  },
});
