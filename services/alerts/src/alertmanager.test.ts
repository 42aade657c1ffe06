import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { portToTry } from "@trunkline/brokers";
import { slackNotification, smsRequest } from "@trunkline/contracts";
import { type RunningService, startService } from "@trunkline/service";
import {
  type Captured,
  capture,
  eventually,
  type MonitoringServer,
  monitoringProgram,
  type ScriptedBridge,
  scriptedBridge,
  startAlertmanager,
  startTestBrokers,
} from "@trunkline/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { service } from "./service.ts";

const TOKEN = "made-up-webhook-token";
const NUMBERS = ["+15550100100", "+15550100101"];
const labels = { alertname: "RequestsFail", severity: "warning" };
const annotations = { summary: "Requests fail", description: "Every third one.", runbook_url: "docs/runbooks/x.md" };
const startsAt = "2026-03-01T12:00:00.000Z";

const releases = new AsyncDisposableStack();
let slack: Captured<typeof slackNotification>;
let sms: ScriptedBridge<typeof smsRequest>;
/** How many of each there were before the test. */
let before = { slack: 0, sms: 0 };
let webhook: string;
let running: RunningService;

beforeAll(async () => {
  const brokers = await startTestBrokers();
  releases.defer(() => brokers.stop());
  slack = await capture(brokers.bus, slackNotification);
  sms = await scriptedBridge(brokers.bus, smsRequest, () => ({ status: 200, body: {} }));
  const port = portToTry();
  webhook = `http://127.0.0.1:${port}/alertmanager`;
  running = await startService(service, {
    env: brokers.environment({
      ALERTS__WEBHOOK_PORT: String(port),
      ALERTS__WEBHOOK_TOKEN: TOKEN,
      ALERTS__SMS_NUMBERS: NUMBERS.join(","),
    }),
  });
  releases.defer(() => running.stop());
});
afterAll(() => releases.disposeAsync());
beforeEach(() => {
  before = { slack: slack.messages.length, sms: sms.requests.length };
});

const messages = () => slack.messages.slice(before.slack).map(({ message }) => String(message));
const said = () => messages().map((message) => message.split("\n")[0]);
const texted = () => sms.requests.slice(before.sms).map(({ body }) => body);

describe("what is posted to the webhook", () => {
  const post = (body: unknown, token = TOKEN) =>
    fetch(webhook, { method: "POST", headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(body) });
  const notice = (changes: object) => ({
    version: "4",
    alerts: [{ status: "firing", fingerprint: "f1", startsAt, labels, annotations, ...changes }],
  });

  it.each<[string, unknown, string, number]>([
    ["without the token", {}, "another-token", 401],
    ["that is no notice", {}, TOKEN, 400],
    ["of another version", { ...notice({}), version: "3" }, TOKEN, 400],
    ["with an alert that lacks its labels", notice({ labels: undefined }), TOKEN, 400],
  ])("%s is refused", async (_, body, token, status) => {
    expect((await post(body, token)).status).toBe(status);
    expect(said()).toEqual([]);
  });

  it("is told once, however often it comes, and once when it is over", async () => {
    for (const changes of [{}, {}, { status: "resolved" }, { status: "resolved" }]) {
      expect((await post(notice({ fingerprint: "f2", ...changes }))).status).toBe(200);
    }
    await eventually(() => messages().length === 2);
    expect(said()).toEqual([":rotating_light: *Requests fail*", ":white_check_mark: Over: Requests fail"]);
    expect(messages()[0]).toContain("Runbook: docs/runbooks/x.md");
    // It is no reason to wake anybody.
    expect(texted()).toEqual([]);
  });

  it("is told to every number too where it is critical", async () => {
    await post(notice({ fingerprint: "f3", labels: { ...labels, severity: "critical" } }));
    await eventually(() => texted().length === 2);
    expect(texted().toSorted((a, b) => a.sms_to.localeCompare(b.sms_to))).toEqual(
      NUMBERS.map((number) => ({ sms_to: number, sms_data: "Requests fail docs/runbooks/x.md" })),
    );
  });
});

/** The deployed configuration, with a receiver of last resort where there is one among the variables. */
function deployedConfig(variables: Readonly<Record<string, string>> = {}): string {
  const folder = fileURLToPath(new URL("../../../deploy/alertmanager/", import.meta.url));
  const { PATH = "" } = process.env;
  const env = { PATH, ...variables };
  return execFileSync("sh", ["write-config.sh", "alertmanager.yml"], {
    cwd: folder,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

describe("Alertmanager itself", () => {
  beforeEach(({ skip }) => {
    skip(monitoringProgram("prometheus-alertmanager") === undefined, "Alertmanager is not on this machine");
  });

  /** As it is deployed, except that it waits for less. */
  async function start(variables?: Readonly<Record<string, string>>): Promise<MonitoringServer> {
    const folder = await mkdtemp(join(tmpdir(), "trunkline-alertmanager-"));
    releases.defer(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, "token"), TOKEN);
    const alertmanager = await startAlertmanager(
      deployedConfig(variables)
        .replace("http://alerts:5001/alertmanager", webhook)
        .replace("/etc/alertmanager/secrets/webhook-token", join(folder, "token"))
        .replace("group_wait: 10s", "group_wait: 100ms")
        .replace("group_interval: 1m", "group_interval: 1s"),
    );
    releases.defer(() => alertmanager.stop());
    return alertmanager;
  }

  async function post(alertmanager: MonitoringServer, changes: object): Promise<void> {
    const alert = { labels: { ...labels, severity: "critical", subject: "a.b" }, annotations, startsAt, ...changes };
    const response = await fetch(`${alertmanager.url}/api/v2/alerts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([alert]),
    });
    expect(response.status).toBe(200);
  }

  it("as it is deployed reaches Slack and telephones, when an alert fires and when it is resolved", async () => {
    const alertmanager = await start();
    const endsAt = () => new Date(Date.now() + 60_000).toISOString();
    await post(alertmanager, { endsAt: endsAt() });
    await eventually(() => texted().length === 2, { timeout: 15_000 });
    await post(alertmanager, { endsAt: endsAt() });
    await post(alertmanager, { endsAt: new Date().toISOString() });
    await eventually(() => texted().length === 4, { timeout: 15_000 });
    await eventually(() => messages().length === 2);
    expect(said()).toEqual([":rotating_light: *Requests fail*", ":white_check_mark: Over: Requests fail"]);
    expect(texted().map(({ sms_data }) => sms_data)).toEqual([
      "Requests fail docs/runbooks/x.md",
      "Requests fail docs/runbooks/x.md",
      "Over: Requests fail",
      "Over: Requests fail",
    ]);
  });

  it("tells a receiver of last resort what keeps the engine from telling, beside telling the engine", async () => {
    const pager = await hook();
    const alertmanager = await start({ LAST_RESORT_WEBHOOK: pager.url });
    const endsAt = new Date(Date.now() + 60_000).toISOString();
    for (const alertname of ["NatsDown", "RedisDown", "AlertsAreDown", "ThirdPartyFails"]) {
      await post(alertmanager, {
        endsAt,
        labels: { alertname, severity: "warning", of: "last resort" },
        annotations: { summary: alertname },
      });
    }
    await eventually(() => messages().length === 4 && pager.heard.size === 3, { timeout: 15_000 });
    expect([...pager.heard].sort()).toEqual(["AlertsAreDown", "NatsDown", "RedisDown"]);
  });

  it("takes a mailbox as receiver of last resort, whatever the password holds", async () => {
    const mailbox = {
      LAST_RESORT_EMAIL: "on-call@acme.example.net",
      LAST_RESORT_SMTP: "smtp.example.net:587",
      LAST_RESORT_SENDER: "trunkline@acme.example.net",
      LAST_RESORT_USERNAME: "trunkline",
      LAST_RESORT_PASSWORD: "it's: made # up",
    };
    const alertmanager = await start(mailbox);
    const status = (await (await fetch(`${alertmanager.url}/api/v2/status`)).json()) as {
      config: { original: string };
    };
    expect(status.config.original).toMatch(/name: last-resort\n +email_configs:/);
    expect(() => deployedConfig({ ...mailbox, LAST_RESORT_SMTP: "" })).toThrow("LAST_RESORT_SMTP is missing");
  });
});

/** Takes what Alertmanager posts, and remembers the names of the alerts. */
async function hook(): Promise<{ readonly url: string; readonly heard: Set<string> }> {
  const heard = new Set<string>();
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = await request.toArray();
    const { alerts } = JSON.parse(Buffer.concat(parts).toString()) as { alerts: { labels: { alertname: string } }[] };
    for (const alert of alerts) heard.add(alert.labels.alertname);
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  releases.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, heard };
}
