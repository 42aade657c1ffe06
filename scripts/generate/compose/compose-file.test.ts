import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { serviceCatalogue } from "../../demo/service-catalogue.ts";
import { deploymentsOf } from "../deployment.ts";
import { natsPermissions } from "../nats-permissions.ts";
import { redisAcl } from "../redis-acl.ts";
import { composeFile } from "./compose-file.ts";
import { sandboxSettings, settingsToFillIn } from "./env-files.ts";

interface ComposeService {
  readonly profiles?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly ports?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly mem_limit?: string;
  readonly volumes?: readonly string[];
}

const root = join(import.meta.dirname, "../../..");
const definitions = (await serviceCatalogue()).map(({ definition }) => definition);
const deployments = deploymentsOf(definitions);
const { text } = composeFile(deployments);
const { services, volumes } = parse(text, { merge: true, maxAliasCount: -1 }) as {
  services: Record<string, ComposeService>;
  volumes: Record<string, null>;
};
const sandbox = settingsIn(sandboxSettings(deployments).text);

function settingsIn(file: string): Record<string, string> {
  const lines = file.split("\n").filter((line) => /^[A-Z]/.test(line));
  return Object.fromEntries(
    lines.map((line) => {
      const [name = "", ...rest] = line.split("=");
      return [name, rest.join("=").replace(/^'(.*)'$/, "$1")];
    }),
  );
}

function pathsOf(mount: string): [source: string, target: string] {
  const [source = "", target = ""] = mount.split(":");
  return [source, target];
}

/** What compose puts in from its own environment. */
const from = (expression: string) => `$\{${expression}}`;

it("has every service, after the brokers and the services that it asks", () => {
  for (const { name, asks } of deployments) {
    expect(services[name]?.command).toEqual([name]);
    const conditions = services[name]?.depends_on ?? {};
    expect(conditions).toMatchObject({
      "nats-1": { condition: "service_healthy" },
      redis: { condition: "service_healthy" },
    });
    for (const asked of asks) expect(conditions[asked]).toEqual({ condition: "service_healthy" });
  }
});

it("hands a service its own variables and no others'", () => {
  const { environment = {} } = services["customer-cache"] ?? {};
  expect(environment).toMatchObject({
    NATS_PASSWORD: from("NATS_PASSWORD_CUSTOMER_CACHE:?password of customer-cache"),
    REDIS_CUSTOMER_CACHE_HOSTNAME: "redis-customer-cache:6379",
    VELOCLOUD_HOSTS: from("VELOCLOUD_HOSTS:?see docs/configuration.md"),
    REFRESH_JOB_INTERVAL: from("REFRESH_JOB_INTERVAL:-"),
  });
  expect(Object.keys(environment)).not.toContain("BRUIN_CLIENT_SECRET");
});

describe.each(Object.entries(services))("%s", (_name, { ports = [], volumes: mounts = [], ...service }) => {
  it("is hardened, and open to this machine only", () => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      mem_limit: expect.stringMatching(/^\d+[mg]$/),
    });
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it("mounts volumes that exist", () => {
    for (const [volume = ""] of mounts.map((mount) => mount.split(":"))) {
      if (!volume.startsWith("./")) expect(Object.keys(volumes)).toContain(volume);
    }
  });
});

it("mounts files of the project that exist", () => {
  const sources = Object.values(services).flatMap(({ volumes: mounts = [] }) => mounts.map(pathsOf));
  const files = sources.map(([source]) => source).filter((source) => source.startsWith("./"));
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
});

it("shows Grafana its dashboards where it is told to look, and gives it the address of their data", async () => {
  const { volumes: mounts = [], environment = {} } = services.grafana ?? {};
  const mountedAt = new Map(mounts.map(pathsOf));
  const provisioning = join(root, "deploy/grafana/provisioning");
  const read = async (file: string) => parse(await readFile(join(provisioning, file), "utf8"));
  const { providers } = await read("dashboards/trunkline.yml");
  expect(mountedAt.get("./deploy/grafana/dashboards")).toBe(providers[0].options.path);
  const { datasources } = await read("datasources/prometheus.yml");
  expect(datasources[0]).toMatchObject({ type: "prometheus", isDefault: true, url: from("PROMETHEUS_URL") });
  expect(environment.PROMETHEUS_URL).toBe(from("PROMETHEUS_URL:-http://prometheus:9090"));
});

it("has no password of its own", () => {
  const secrets = definitions.flatMap((_, index) => deployments[index]?.variables ?? []).filter(({ secret }) => secret);
  const passwords = [...text.matchAll(/\$\{(\w*(?:PASSWORD|TOKEN)\w*)(:[-?][^}]*)?\}/g)];
  expect(passwords.length).toBeGreaterThan(30);
  for (const [, , otherwise = ""] of passwords) expect(otherwise).toMatch(/^(:\?.*|:-|)$/);
  for (const { variable } of secrets)
    expect(text).toMatch(new RegExp(`${variable}: \\$\\{${variable}:(\\?[^}]+|-)\\}`));
});

it("finds everything that it demands in the sandbox's settings and among those to fill in", () => {
  const demanded = [...new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name = ""]) => name))];
  // deploy/make-passwords.sh makes these.
  const permissions = natsPermissions(definitions).text + redisAcl(definitions, "main").text;
  const toFillIn = settingsIn(settingsToFillIn(deployments).text);
  expect(demanded.filter((name) => !sandbox[name])).toEqual([]);
  const ofUsers = demanded.filter((name) => permissions.includes(name));
  expect(ofUsers.length).toBeGreaterThan(20);
  expect(demanded.filter((name) => !(name in toFillIn))).toEqual(ofUsers);
});

it("keeps the sandbox and long storage out of what starts by itself", () => {
  const optional = Object.entries(services).filter(([, { profiles }]) => profiles !== undefined);
  expect(Object.fromEntries(optional.map(([name, { profiles }]) => [name, profiles]))).toEqual({
    sandbox: ["sandbox"],
    storyline: ["sandbox"],
    "thanos-sidecar": ["thanos"],
    "thanos-store": ["thanos"],
    "thanos-query": ["thanos"],
    "thanos-compact": ["thanos"],
  });
});

it("leads every service into the sandbox", () => {
  expect(JSON.parse(sandbox.HOST_ALIASES ?? "{}")).toMatchObject({ "api.bruin.example.net": "sandbox:8443" });
  expect(sandbox).toMatchObject({
    COMPOSE_PROFILES: "sandbox",
    CURRENT_ENVIRONMENT: "production",
    QUARANTINE_SECONDS: "15",
  });
});
