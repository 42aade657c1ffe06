import { createGrpcService, type GrpcService } from "@trunkline/grpc";
import { kreProtoFile, kreService } from "@trunkline/kre";
import { pino } from "pino";
import { Registry } from "prom-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox.ts";
import type { Asset } from "../../world/inventory.ts";

describe("the stand-in of T7", () => {
  let sandbox: Sandbox;
  let kre: GrpcService;
  let asset: Asset;
  let ticket_id: number;

  beforeAll(async () => {
    sandbox = await startSandbox({ fleet: { edges: 6 } });
    const { KRE_BASE_URL: target = "", HOST_ALIASES = "{}", TLS_CA_FILE: caFile } = sandbox.env("t7-bridge");
    kre = createGrpcService({
      name: "t7",
      target,
      hostAliases: JSON.parse(HOST_ALIASES) as Record<string, string>,
      caFile,
      protoFile: kreProtoFile,
      service: kreService,
      logger: pino({ level: "silent" }),
      metrics: new Registry(),
    });
    const { desk, inventory, network } = sandbox.world;
    const found = inventory.byServiceNumber(network.fleet.edges.find(({ links }) => links.length > 1)?.serial ?? "");
    if (found === undefined) throw new Error("the fleet has no such edge");
    asset = found;
    ticket_id = desk.open({ topic: "VOO", assets: [asset], description: "down" }).id;
  });
  afterEach(() => {
    sandbox.faults.removeAll();
    sandbox.world.network.healAll();
  });
  afterAll(async () => {
    kre.close();
    await sandbox.stop();
  });

  const call = (method: string, message: Record<string, unknown>, milliseconds = 5_000) =>
    kre.call({
      method,
      message,
      deadline: Date.now() + milliseconds,
      signal: new AbortController().signal,
      requestId: "r1",
    });
  const predict = (...assets: string[]) => call("Prediction", { ticket_id, assets_to_predict: assets });

  it("predicts by what the asset is like, the same each time", async () => {
    const healthy = await predict(asset.serviceNumber);
    expect(healthy).toMatchObject({
      success: true,
      ticket_id,
      asset_predictions: [
        { asset: asset.serviceNumber, task_results: [{ name: "Repair Completed" }, {}, {}], error: null },
      ],
    });
    expect(await predict(asset.serviceNumber)).toEqual(healthy);
    sandbox.world.network.failLink(asset.serviceNumber, asset.edge.links[0]?.interface ?? "");
    expect(await predict(asset.serviceNumber)).not.toEqual(healthy);
  });

  it("has probabilities that fall and sum up to no more than one", async () => {
    const { asset_predictions } = (await predict(asset.serviceNumber)) as {
      asset_predictions: { task_results: { probability: number }[] }[];
    };
    const shares = asset_predictions[0]?.task_results.map(({ probability }) => probability) ?? [];
    expect(shares).toEqual(shares.toSorted((one, other) => other - one));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1);
  });

  it("has an error for an asset that has no task on the ticket", async () => {
    expect(await predict("VC-nobody")).toMatchObject({
      asset_predictions: [{ asset: "VC-nobody", task_results: [], error: { code: "error_in_prediction" } }],
    });
  });

  it("remembers what it is taught", async () => {
    const rows = [{ asset: "VC1", task_result: "Repair Completed" }];
    expect(await call("SaveMetrics", { ticket_id, ticket_rows: rows })).toEqual({ message: "Saved 1 metrics" });
    expect(await call("SaveLiveMetrics", { ticket_id, asset_id: "VC1", automated_successfully: true })).toEqual({
      message: "Metric saved successfully",
    });
    const { metrics, live } = sandbox.world.training;
    expect(metrics.items()).toMatchObject([{ ticketId: ticket_id, rows }]);
    expect(live.items()).toEqual([{ ticketId: ticket_id, asset: "VC1", automatedSuccessfully: true }]);
  });

  it.each([
    ["401", "UNAUTHENTICATED", 401],
    ["403", "PERMISSION_DENIED", 403],
    ["404", "UNIMPLEMENTED", 404],
    ["429", "RESOURCE_EXHAUSTED", 429],
    ["500", "INTERNAL", 500],
    ["unavailable", "UNAVAILABLE", 503],
    ["garbage", "INTERNAL", 200],
    ["hang-up", "UNAVAILABLE", 0],
  ] as const)("the fault %s is %s, and %i in the console", async (kind, reason, status) => {
    sandbox.faults.add({ system: "t7", kind, times: 1 });
    await expect(predict("VC1")).rejects.toMatchObject({ reason });
    const calls = (await (await fetch(`${sandbox.console.url}/api/calls?system=t7`)).json()) as object[];
    expect(calls.at(-1)).toMatchObject({
      system: "t7",
      method: "gRPC",
      path: "/entrypoint.Entrypoint/Prediction",
      status,
    });
  });

  it("with a fault after the call, only the answer is lost", async () => {
    const taught = sandbox.world.training.live.items().length;
    sandbox.faults.add({ system: "t7", kind: "unavailable", times: 1, when: "after" });
    const lesson = { ticket_id, asset_id: "VC1", automated_successfully: true };
    await expect(call("SaveLiveMetrics", lesson)).rejects.toMatchObject({ reason: "UNAVAILABLE" });
    expect(sandbox.world.training.live.items()).toHaveLength(taught + 1);
  });

  it("stalls until its caller gives up, and does not keep the sandbox from stopping", async () => {
    sandbox.faults.add({ system: "t7", kind: "stall" });
    await expect(call("Prediction", { ticket_id }, 100)).rejects.toMatchObject({ reason: "DEADLINE_EXCEEDED" });
  });
});
