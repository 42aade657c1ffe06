import { movableClock } from "@trunkline/clock";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";
import { type ThirdPartyClient, thirdPartyClient } from "../testing/third-party-client.ts";
import { modemNumber } from "../world/device-tasks.ts";
import type { Edge, Link } from "../world/model.ts";

const host = "dri.example.net";
const login = { email: "automation@trunkline.example", password: "sandbox-dri" };
const providers = "InternetGatewayDevice.DeviceInfo.X_8C192D_lte_info.Providers";

interface Answer {
  status: string;
  message: string;
  data: { Id: number; Message: string; Transactions: { Id: number }[]; Parameters: { Name: string; Value: string }[] };
}

describe("the stand-in of DataRemote", () => {
  const clock = movableClock(new Date("2026-03-01T12:00:00Z"));
  let sandbox: Sandbox;
  let call: ThirdPartyClient;
  let token: string;
  let edge: Edge;
  let link: Link;
  let serial: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ clock, fleet: { edges: 12 } });
    call = thirdPartyClient(sandbox);
    token = (await call(host, { path: "/auth/login", form: login })).json<{ authorization_token: string }>()
      .authorization_token;
    edge = sandbox.world.network.fleet.edges.find(({ links }) => links.some(({ type }) => type === "WIRELESS")) as Edge;
    link = edge.links.find(({ type }) => type === "WIRELESS") as Link;
    serial = modemNumber(link);
  });
  beforeEach(() => {
    sandbox.world.network.healAll();
    clock.advance(120_000);
  });
  afterAll(() => sandbox.stop());

  const get = (path: string) => call(host, { path, headers: { authorization: `Bearer ${token}` } });
  const ask = async (path: string, of = serial) => (await get(`/acs/device/${of}/${path}`)).json<Answer>();
  const start = async (names = [providers]) => {
    const data = encodeURIComponent(JSON.stringify({ ParameterNames: names, Source: 0 }));
    return (await ask(`parameter_returnid?data=${data}`)).data.Id;
  };

  it("answers a question in a task that takes its time", async () => {
    const id = await start();
    expect(await ask(`parameter_tid?transactionid=${id}`)).toMatchObject({
      status: "SUCCESS",
      data: { Message: "Pending", Parameters: [] },
    });
    expect((await ask("taskpending")).data.Transactions).toEqual([{ Id: id }]);
    clock.advance(5_000);
    expect((await ask("taskpending")).data.Transactions).toEqual([]);
    expect((await ask(`parameter_tid?transactionid=${id}`)).data).toMatchObject({
      Message: "",
      Parameters: [{ Name: providers, Value: link.isp, ErrorCode: 100 }],
    });
  });

  it("gives up on a modem that is not there", async () => {
    sandbox.world.network.failLink(edge.serial, link.interface);
    const id = await start();
    clock.advance(59_000);
    expect((await ask(`parameter_tid?transactionid=${id}`)).data.Message).toBe("Pending");
    clock.advance(1_000);
    expect((await ask(`parameter_tid?transactionid=${id}`)).data.Message).toBe("Rejected");
  });

  it("knows a modem by its edge's serial, too, and names by what they begin with", async () => {
    const id = await start(["InternetGatewayDevice.DeviceInfo.", "Unknown"]);
    clock.advance(5_000);
    const { Parameters } = (await ask(`parameter_tid?transactionid=${id}`, edge.serial)).data;
    expect(Parameters).toHaveLength(5);
  });

  it.each([
    ["taskpending", "700000"],
    ["parameter_returnid?data={", undefined],
    ["parameter_tid?transactionid=1", undefined],
  ])("tells that %s of %s failed with a 200", async (path, of) => {
    const answer = await get(`/acs/device/${of ?? serial}/${path}`);
    expect([answer.status, answer.json()]).toMatchObject([200, { status: "FAILED" }]);
  });

  it("lets nobody in without a token, or with one that has ended", async () => {
    expect((await call(host, { path: "/auth/login", form: { ...login, password: "guessed" } })).status).toBe(401);
    expect((await call(host, { path: `/acs/device/${serial}/taskpending` })).status).toBe(401);
    clock.advance(3_600_000);
    expect((await get(`/acs/device/${serial}/taskpending`)).status).toBe(401);
  });
});
