import { readFileSync } from "node:fs";
import { movableClock } from "@trunkline/clock";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox.ts";
import { thirdPartyClient } from "../../testing/third-party-client.ts";
import { signInToVelocloud, type VelocloudClient } from "../../testing/velocloud-client.ts";
import { linkMetrics } from "../../world/link-quality.ts";

/** The vendor's description of Orchestrator 5.0.0, cut down to the methods that the stand-in answers. */
const description = JSON.parse(
  readFileSync(new URL("../../../fixtures/velocloud-orchestrator-5.0.0.json", import.meta.url), "utf8"),
) as { paths: Record<string, { post: { responses: { 200: { schema: object } } } }>; definitions: object };

/**
 * The description knows no null and no "never", Orchestrators in use do: a pair's serial is null where there is no
 * pair, all link fields are where there is no link, and what never happened did so at 0000-00-00 00:00:00. It has whole
 * numbers in series and a text for their beginning, where Orchestrators write fractions and milliseconds since 1970; and
 * it names fewer metrics for series than may be asked for.
 */
const deviations: readonly { readonly at: RegExp; readonly holds: (value: unknown) => boolean }[] = [
  { at: /\/(edgeHASerialNumber|haSerialNumber)$/, holds: (value) => value === null },
  { at: /\/(displayName|isp|interface|internalId|link\w+)$/, holds: (value) => value === null },
  { at: /\/edge(LastContact|SystemUpSince|ServiceUpSince)$/, holds: (value) => value === "0000-00-00 00:00:00" },
  { at: /\/series\/\d+\/metric$/, holds: (value) => linkMetrics.some((metric) => metric === value) },
  { at: /\/series\/\d+\/startTime$/, holds: Number.isInteger },
  { at: /\/series\/\d+\/(data\/\d+|total|min|max)$/, holds: Number.isFinite },
];

const ajv = new Ajv({ strict: false, allErrors: true, verbose: true });
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
for (const format of ["double", "float", "int64"]) ajv.addFormat(format, true);

function validator(schema: object): ValidateFunction {
  return ajv.compile({ definitions: description.definitions, ...schema });
}

function violations(validate: ValidateFunction, answer: unknown): string[] {
  validate(answer);
  // A null where an enumeration is described offends twice, by its type and by its value.
  const offends = ({ instancePath, data }: ErrorObject) =>
    !deviations.some(({ at, holds }) => at.test(instancePath) && holds(data));
  return [
    ...new Set(
      (validate.errors ?? []).filter(offends).map(({ instancePath, message }) => `${instancePath} ${message}`),
    ),
  ];
}

describe("what a VeloCloud Orchestrator answers is what the vendor describes", () => {
  const clock = movableClock(new Date("2026-03-01T12:00:00Z"));
  const hosts = ["vco1.example.net", "vco2.example.net"];
  let sandbox: Sandbox;
  let orchestrators: VelocloudClient[];

  beforeAll(async () => {
    sandbox = await startSandbox({ clock, fleet: { edges: 40 } });
    orchestrators = await Promise.all(hosts.map((host) => signInToVelocloud(thirdPartyClient(sandbox), host)));
    const { network } = sandbox.world;
    const [linkDown, hardDown, , pair] = network.fleet.edges;
    network.failLink(linkDown?.serial ?? "", "GE1");
    network.failEdge(hardDown?.serial ?? "");
    network.failover(pair?.serial ?? "");
    clock.advance(3_600_000);
    network.healLink(linkDown?.serial ?? "", "GE1");
    network.troubleLink(linkDown?.serial ?? "", "GE2", { latencyMs: 180.5, lossPct: 9 });
    sandbox.world.gateways.fail("vco1.example.net", 5);
  });
  afterAll(() => sandbox.stop());

  it("is checked by a validator that finds faults", () => {
    const validate = validator(
      description.paths["/monitoring/getEnterpriseEdgeLinkStatus"]?.post.responses[200].schema ?? {},
    );
    expect(violations(validate, [{ edgeId: "701" }])).toContain("/0/edgeId must be integer");
  });

  it.each([
    ["monitoring/getEnterpriseEdgeLinkStatus", () => ({})],
    ["monitoring/getAggregateEdgeLinkMetrics", () => ({ interval: { start: "2026-03-01T12:30:00Z" } })],
    [
      "metrics/getEdgeLinkSeries",
      (enterpriseId: number, edgeId: number) => ({ enterpriseId, edgeId, interval: { start: 1_772_366_400_000 } }),
    ],
    ["network/getNetworkGateways", () => ({})],
    [
      "metrics/getGatewayStatusMetrics",
      (_enterpriseId: number, _edgeId: number, gatewayId: number) => ({
        gatewayId,
        interval: { start: "2026-03-01T12:00:00.000001Z", end: "2026-03-01T13:00:00.000001Z" },
        metrics: ["tunnelCount", "cpuPct"],
      }),
    ],
    ["network/getNetworkEnterprises", () => ({ enterprises: [], with: ["edges"] })],
    ["network/getNetworkEnterprises", () => ({ enterprises: [12] })],
    ["enterprise/getEnterpriseEdges", (enterpriseId: number) => ({ enterpriseId, with: ["links"] })],
    [
      "event/getEnterpriseEvents",
      (enterpriseId: number) => ({
        enterpriseId,
        interval: { start: "2026-01-01 00:00:00.123456+00:00" },
        filter: { limit: null },
      }),
    ],
    [
      "edge/getEdgeConfigurationModules",
      (enterpriseId: number, edgeId: number) => ({ enterpriseId, edgeId, modules: ["WAN"] }),
    ],
  ] as const)("%s (%#)", async (method, body) => {
    const validate = validator(description.paths[`/${method}`]?.post.responses[200].schema ?? {});
    for (const [index, host] of hosts.entries()) {
      const edge = sandbox.world.network.fleet.edges.find(({ customer }) => customer.host === host);
      const [gateway] = sandbox.world.gateways.list(host);
      const asked = body(edge?.customer.enterpriseId ?? 0, edge?.id ?? 0, gateway?.id ?? 0);
      const answer = await orchestrators[index]?.call(method, asked);
      expect(answer?.status).toBe(200);
      expect(answer?.headers["content-type"]).toBe("application/json");
      expect(violations(validate, answer?.json())).toEqual([]);
    }
  });

  it("a refusal is the vendor's error object", async () => {
    const answer = await orchestrators[0]?.call("enterprise/getEnterpriseEdges", { enterpriseId: "twelve" });
    expect(answer?.status).toBe(400);
    expect(violations(validator({ $ref: "#/definitions/error" }), answer?.json())).toEqual([]);
    expect(answer?.json()).toMatchObject({
      error: { code: -32600, message: "An error occurred while processing your request" },
    });
  });
});
