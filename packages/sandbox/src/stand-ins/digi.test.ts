import { movableClock } from "@trunkline/clock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";
import { type ThirdPartyClient, thirdPartyClient } from "../testing/third-party-client.ts";
import type { Edge, Link } from "../world/model.ts";

const host = "digi.example.net";
const basic = `basic ${Buffer.from("trunkline-sandbox:sandbox-digi").toString("base64")}`;
const form = { grant_type: "client_credentials", scope: "write:dms" };

describe("the stand-in of DiGi", () => {
  const clock = movableClock(new Date("2026-03-01T12:00:00Z"));
  let sandbox: Sandbox;
  let call: ThirdPartyClient;
  let token: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ clock, fleet: { edges: 12 }, settings: { digiTokenSeconds: 86_400 } });
    call = thirdPartyClient(sandbox);
    token = await signIn();
  });
  afterAll(() => sandbox.stop());

  async function signIn() {
    const login = await call(host, { path: "/Identity/rest/oauth/token", form, headers: { authorization: basic } });
    return login.json<{ access_token: string }>().access_token;
  }

  /** DiGi's modems of the fleet. */
  function modems(): { edge: Edge; link: Link }[] {
    const all = sandbox.world.network.fleet.edges.flatMap((edge) => edge.links.map((link) => ({ edge, link })));
    return all.filter(({ link }) => link.logicalId.startsWith("00:27:04") || link.logicalId.startsWith("00:04:2d"));
  }

  const authorised = (headers: Record<string, string>) => ({ authorization: `Bearer ${token}`, ...headers });
  const recover = (headers: Record<string, string>) =>
    call(host, {
      method: "POST",
      path: "/DeviceManagement_API/rest/Recovery/RecoverDevice",
      headers: authorised(headers),
    });
  const logs = async (headers: Record<string, string>) => {
    const path = "/DeviceManagement_API/rest/Recovery/Logs";
    const answer = await call(host, { path, headers: authorised(headers) });
    return answer.json<{ Logs: { Id: number; Method: string }[]; Count: number; Error?: { Code: string } }>();
  };

  it("begins a recovery, aborts a second one, and logs each step", async () => {
    const { edge, link } = modems()[0] as { edge: Edge; link: Link };
    sandbox.world.network.failLink(edge.serial, link.interface);
    const order = { VeloSerial: edge.serial, Ticket: "5200001", MAC: link.logicalId };
    const started = await recover(order);
    expect([started.status, started.json()]).toMatchObject([
      200,
      [{ Message: expect.stringContaining("Recovery started"), SiteName: edge.name, Ticket: "5200001" }],
    ]);
    expect((await recover(order)).json()).toMatchObject([{ Message: expect.stringContaining("Aborted") }]);
    clock.advance(60_000);
    expect((await logs({ StartDateTime: "2026-03-01 12:00:00.000000+00:00" })).Logs).toMatchObject([
      { Method: "API Start", TicketID: "5200001", Success: true, TimestampSTART: "2026-03-01T12:00:00Z" },
      { Method: "Ping", Success: false, TimestampEND: "2026-03-01T12:00:35Z" },
      { Method: "SSH", Success: null, TimestampEND: null },
    ]);
    expect(await logs({ Size: "1", Offset: "1" })).toMatchObject({ Logs: [{ Method: "Ping" }], Count: 1, Size: "1" });
    expect((await logs({ IgzID: "0" })).Logs).toEqual([]);
    expect((await logs({ StartDateTime: "2026-03-01T12:00:06Z" })).Logs).toMatchObject([{ Method: "SSH" }]);
  });

  it.each([
    [{}, "required"],
    [{ VeloSerial: "VC0", Ticket: "1", MAC: "00:27:04:00:00:00:0000" }, "No device"],
  ])("refuses %j with a 200", async (headers, error) => {
    const answer = await recover(headers as Record<string, string>);
    expect([answer.status, answer.json()]).toMatchObject([200, [{ error: expect.stringContaining(error) }]]);
  });

  it("recovers its own modems only", async () => {
    const edge = sandbox.world.network.fleet.edges.find(({ links }) => links[0]?.logicalId.startsWith("a4")) as Edge;
    const MAC = edge.links[0]?.logicalId ?? "";
    expect((await recover({ VeloSerial: edge.serial, Ticket: "1", MAC })).json()).toMatchObject([
      { error: expect.stringContaining("No device") },
    ]);
  });

  it.each([{ StartDateTime: "yesterday" }, { Size: "many" }, { Offset: "-1" }])("refuses %j", async (headers) => {
    expect(await logs(headers as Record<string, string>)).toMatchObject({ Error: { Code: expect.any(String) } });
  });

  it.each([
    [{ authorization: "basic guessed" }, form, 401],
    [{ authorization: basic }, { ...form, grant_type: "password" }, 400],
    [{ authorization: basic }, { ...form, scope: "read:dms" }, 400],
  ])("gives no token for %j %j", async (headers, wrong, status) => {
    expect((await call(host, { path: "/Identity/rest/oauth/token", form: wrong, headers })).status).toBe(status);
  });

  it("lets nobody in whose token has ended", async () => {
    clock.advance(86_400_000);
    expect((await recover({})).status).toBe(401);
  });
});
