import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeEach, describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { serviceCatalogue } from "../../demo/service-catalogue.ts";
import { deploymentsOf } from "../deployment.ts";

/*
 * The chart as Helm renders it. Helm is a tool of those who deploy, not of everybody who changes the code: where it is
 * not installed, these tests are skipped.
 */
const chart = fileURLToPath(new URL("../../../helm/trunkline", import.meta.url));
const hasHelm = spawnSync("helm", ["version"]).status === 0;
const deployments = deploymentsOf((await serviceCatalogue()).map(({ definition }) => definition));
const bridges = deployments.filter(({ isBridge }) => isBridge).map(({ name }) => name);

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly data?: Readonly<Record<string, string>>;
  readonly value?: number;
  readonly spec: {
    readonly replicas?: number;
    readonly minReplicas?: number;
    readonly maxReplicas?: number;
    readonly strategy?: object;
    readonly egress?: readonly {
      readonly to: readonly Readonly<Record<string, object>>[];
      readonly ports: readonly object[];
    }[];
    readonly ingress?: readonly { readonly from: readonly object[]; readonly ports: readonly object[] }[];
    readonly jobLabel?: string;
    readonly endpoints?: readonly object[];
    readonly ports?: readonly { readonly name: string }[];
    readonly template?: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: PodSpec;
    };
  };
}

interface PodSpec {
  readonly automountServiceAccountToken?: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext?: object;
  readonly priorityClassName?: string;
  readonly initContainers?: readonly { readonly command: readonly string[] }[];
  readonly containers: readonly {
    readonly image: string;
    readonly args?: readonly string[];
    readonly env?: readonly object[];
    readonly securityContext: object;
    readonly resources: { readonly limits: object; readonly requests: object };
  }[];
}

function helm(environment: string, ...changes: readonly string[]) {
  const set = changes.flatMap((change) => ["--set-json", change]);
  const values = ["--values", `${chart}/values-${environment}.yaml`];
  return spawnSync("helm", ["template", "trunkline", chart, "--kube-version", "1.31.0", ...values, ...set], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
}

function rendered(environment: string, ...changes: readonly string[]): Manifest[] {
  const { status, stdout, stderr } = helm(environment, ...changes);
  if (status !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout).flatMap((document) => {
    const manifest = document.toJS() as Manifest | null;
    return manifest === null ? [] : [manifest];
  });
}

function refusal(environment: string, ...changes: readonly string[]): string {
  const { status, stderr } = helm(environment, ...changes);
  expect(status).toBe(1);
  return stderr;
}

function found(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const manifest = manifests.find((each) => each.kind === kind && each.metadata.name === `trunkline-${name}`);
  if (manifest === undefined) throw new Error(`there is no ${kind} trunkline-${name}`);
  return manifest;
}

/** The images and arguments of exporters in the other deployment of the same brokers. */
const compose = parse(readFileSync(new URL("../../../docker-compose.yml", import.meta.url), "utf8"), {
  merge: true,
  maxAliasCount: -1,
}) as {
  readonly services: Readonly<Record<string, { readonly image: string; readonly command?: readonly string[] }>>;
};

/** The image that Compose uses where no variable names another. */
function composeImage(service: string): string | undefined {
  return compose.services[service]?.image.replace(/^\$\{\w+:-(.*)\}$/, "$1");
}

function exporter(manifests: readonly Manifest[], name: string) {
  return found(manifests, "Deployment", name).spec.template?.spec.containers[0];
}

/** Several at once, since every rendering takes a while. */
const digest = `sha256:${"a".repeat(64)}`;
const changes = [
  `image.digest="${digest}"`,
  'services.bruin-bridge.autoscaling={"enabled":false}',
  'settings.UMBRELLA_HOSTS={"vco1.example.net":"Acme"}',
  "settings.KRE_PLAINTEXT=false",
  "settings.SLACK_FOLD_SECONDS=0",
  "settings.REFRESH_JOB_INTERVAL=14400000",
  "monitoring.exporters.nats.monitors=[]",
  'redis.addresses.main="main.example.net:6380"',
];

describe("the chart", () => {
  beforeEach(({ skip }) => skip(!hasHelm, "Helm is not on the PATH"));
  const production = hasHelm ? rendered("production") : [];
  const sandbox = hasHelm ? rendered("sandbox") : [];
  const staging = hasHelm ? rendered("staging") : [];
  const changed = hasHelm ? rendered("production", ...changes) : [];

  it.each(["sandbox", "staging", "production"])(
    "has every service in %s, each replaced without a gap",
    (environment) => {
      const manifests = rendered(environment);
      for (const { name } of deployments) {
        const { spec } = found(manifests, "Deployment", name);
        expect(spec.strategy).toEqual({ type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
        const drain = Number(found(manifests, "ConfigMap", name).data?.SHUTDOWN_TIMEOUT);
        expect(spec.template?.spec.terminationGracePeriodSeconds).toBeGreaterThan(drain);
        for (const kind of ["Service", "ServiceAccount", "PodDisruptionBudget", "NetworkPolicy"])
          found(manifests, kind, name);
      }
    },
  );

  it("keeps every pod to the restricted standard", () => {
    const pods = [...sandbox, ...staging, ...production].flatMap(({ spec }) => spec?.template?.spec ?? []);
    expect(pods.length).toBeGreaterThan(2 * deployments.length);
    for (const pod of pods) {
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      });
      for (const { securityContext, resources } of pod.containers) {
        expect(securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        });
        expect(resources).toMatchObject({
          requests: { memory: expect.any(String) },
          limits: { memory: expect.any(String) },
        });
      }
    }
  });

  it("makes no new pods for a new version of the chart alone: brokers would be restarted, too", () => {
    const labels = [...sandbox, ...staging].flatMap(({ spec }) => Object.keys(spec?.template?.metadata.labels ?? {}));
    expect([...new Set(labels)].sort()).toEqual([
      "app.kubernetes.io/instance",
      "app.kubernetes.io/name",
      "app.kubernetes.io/part-of",
    ]);
  });

  it("makes every priority class that it names", () => {
    const named = production.flatMap(({ spec }) => spec?.template?.spec.priorityClassName ?? []);
    const made = production.filter(({ kind }) => kind === "PriorityClass");
    expect([...new Set(named)]).toEqual(made.map(({ metadata }) => metadata.name));
    expect(made.map(({ value }) => value)).toEqual([4000]);
  });

  it("tells Prometheus about its own brokers as Compose does", () => {
    const nats = exporter(staging, "nats-exporter");
    const servers = [0, 1, 2].map((index) => `http://trunkline-nats-${index}.trunkline-nats-peers:8222`);
    const flags = compose.services["nats-exporter"]?.command?.filter((flag) => flag.startsWith("-")) ?? [];
    expect(nats).toMatchObject({ image: composeImage("nats-exporter"), args: [...flags, ...servers] });
    for (const redis of ["redis", "redis-customer-cache"]) {
      const { image, env } = exporter(staging, `${redis}-exporter`) ?? {};
      expect(image).toBe(composeImage(`${redis}-exporter`));
      expect(env).toEqual([
        { name: "REDIS_ADDR", value: `redis://trunkline-${redis}:6379` },
        { name: "REDIS_USER", value: "exporter" },
        {
          name: "REDIS_PASSWORD",
          valueFrom: { secretKeyRef: { name: "trunkline-redis-users", key: "REDIS_PASSWORD_EXPORTER" } },
        },
      ]);
    }
  });

  it("tells Prometheus about others' brokers where the values say that they are", () => {
    expect(exporter(production, "nats-exporter")?.args).toContain("http://nats-2.example.net:8222");
    expect(exporter(production, "redis-customer-cache-exporter")?.env).toEqual(
      expect.arrayContaining([
        { name: "REDIS_ADDR", value: "rediss://redis-customer-cache.example.net:6379" },
        { name: "REDIS_EXPORTER_TLS_CA_CERT_FILE", value: "/run/brokers/ca.pem" },
        {
          name: "REDIS_PASSWORD",
          valueFrom: { secretKeyRef: { name: "trunkline-redis-exporter", key: "REDIS_PASSWORD" } },
        },
      ]),
    );
    found(production, "ExternalSecret", "redis-exporter");
    expect(() => found(changed, "Deployment", "nats-exporter")).toThrow();
    expect(exporter(changed, "redis-exporter")?.env).toContainEqual({
      name: "REDIS_ADDR",
      value: "rediss://main.example.net:6380",
    });
  });

  it("lets exporters ask their brokers, and Prometheus ask the exporters", () => {
    const asks = (name: string) => found(staging, "NetworkPolicy", name).spec.egress;
    const to = (name: string) => [
      { podSelector: { matchLabels: expect.objectContaining({ "app.kubernetes.io/name": name }) } },
    ];
    expect(asks("nats-exporter")).toEqual([{ to: to("nats"), ports: [{ port: "monitor" }] }]);
    expect(asks("redis-customer-cache-exporter")).toEqual([
      { to: to("redis-customer-cache"), ports: [{ port: "redis" }] },
    ]);
    const monitor = found(staging, "NetworkPolicy", "nats").spec.ingress?.find(({ ports }) =>
      JSON.stringify(ports).includes("monitor"),
    );
    expect(monitor?.from).toEqual(expect.arrayContaining(to("nats-exporter")));
    expect(found(production, "NetworkPolicy", "redis-exporter").spec.egress?.[0]?.ports).toContainEqual({ port: 6379 });
  });

  it("gives every exporter the job that Compose's Prometheus has", () => {
    expect(found(staging, "ServiceMonitor", "exporters").spec).toMatchObject({
      jobLabel: "app.kubernetes.io/component",
      endpoints: [{ port: "exporter" }],
    });
    const jobs = staging
      .filter(({ kind, spec }) => kind === "Service" && spec.ports?.some(({ name }) => name === "exporter"))
      .map(({ metadata }) => metadata.labels["app.kubernetes.io/component"]);
    expect(jobs.sort()).toEqual(["nats-exporter", "redis-exporter", "redis-exporter"]);
    expect(sandbox.filter(({ metadata }) => metadata.name.endsWith("-exporter"))).toEqual([]);
  });

  it("scales bridges, and leaves the number of their replicas to the scaler", () => {
    const scaled = production.filter(({ kind }) => kind === "HorizontalPodAutoscaler");
    expect(scaled.map(({ metadata }) => metadata.name.replace("trunkline-", "")).sort()).toEqual(bridges);
    expect(found(production, "HorizontalPodAutoscaler", "bruin-bridge").spec).toMatchObject({
      minReplicas: 4,
      maxReplicas: 10,
    });
    expect(found(production, "Deployment", "bruin-bridge").spec.replicas).toBeUndefined();
    expect(found(production, "Deployment", "customer-cache").spec.replicas).toBe(2);
  });

  it("does not scale what is switched off, for all bridges or for one", () => {
    expect(() => found(changed, "HorizontalPodAutoscaler", "bruin-bridge")).toThrow();
    expect(found(changed, "Deployment", "bruin-bridge").spec.replicas).toBe(4);
    expect(found(changed, "HorizontalPodAutoscaler", "velocloud-bridge").spec.minReplicas).toBe(2);
    expect(sandbox.filter(({ kind }) => kind === "HorizontalPodAutoscaler")).toEqual([]);
  });

  it("lets only services that call third parties out, and to their ports only", () => {
    const portsOf = (name: string) =>
      (found(production, "NetworkPolicy", name).spec.egress ?? [])
        .filter(({ to }) => to.some(({ ipBlock }) => ipBlock && "except" in ipBlock))
        .flatMap(({ ports }) => ports);
    expect(portsOf("bruin-bridge")).toEqual([{ port: 443 }]);
    expect(portsOf("notifier")).toEqual([{ port: 443 }, { port: 587 }, { port: 993 }]);
    for (const { name } of deployments.filter((each) => !each.callsThirdParties)) expect(portsOf(name)).toEqual([]);
    expect(found(production, "NetworkPolicy", "deny").spec).toMatchObject({ policyTypes: ["Ingress", "Egress"] });
  });

  it("hands secrets over as files, and only those that are there", () => {
    const settings = found(production, "ConfigMap", "notifier").data ?? {};
    expect(settings).toMatchObject({
      SLACK_WEBHOOK_FILE: "/run/secrets/trunkline/SLACK_WEBHOOK",
      TELESTAX_AUTH_TOKEN_FILE: "/run/secrets/trunkline/TELESTAX_AUTH_TOKEN",
    });
    expect(settings).not.toHaveProperty("MONITORABLE_EMAIL_ACCOUNTS_FILE");
    expect(production.filter(({ kind }) => kind === "Secret")).toEqual([]);
  });

  it("waits for the sandbox's authority until it is there", async ({ onTestFinished }) => {
    const answers = [503, 200];
    const server = createServer((_request, response) => {
      response.writeHead(answers.shift() ?? 200).end("a certificate");
    }).listen(0, "127.0.0.1");
    const folder = mkdtempSync(join(tmpdir(), "trunkline-authorities-"));
    onTestFinished(() => {
      server.close();
      rmSync(folder, { recursive: true });
    });
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const [program, ...flags] =
      found(sandbox, "Deployment", "dri-bridge").spec.template?.spec.initContainers?.[0]?.command ?? [];
    expect(program).toBe("node");
    const here = flags.map((flag) =>
      flag.replace("http://trunkline-sandbox:8080", `http://127.0.0.1:${port}`).replace("/authorities", folder),
    );
    await promisify(execFile)(process.execPath, here);
    expect(answers).toEqual([]);
    expect(readFileSync(join(folder, "ca.pem"), "utf8")).toBe("a certificate");
  });

  it("writes lists and objects as the JSON that services read", () => {
    expect(found(changed, "ConfigMap", "service-outage-monitor").data).toMatchObject({
      MONITORING__VELOCLOUD_HOST: '["vco1.example.net","vco2.example.net"]',
      UMBRELLA_HOSTS: '{"vco1.example.net":"Acme"}',
    });
  });

  it("sets false, zero and long numbers as they were written", () => {
    expect(found(changed, "ConfigMap", "t7-bridge").data).toMatchObject({ KRE_PLAINTEXT: "false" });
    expect(found(changed, "ConfigMap", "notifier").data).toMatchObject({ SLACK_FOLD_SECONDS: "0" });
    expect(found(changed, "ConfigMap", "customer-cache").data).toMatchObject({ REFRESH_JOB_INTERVAL: "14400000" });
  });

  it("takes brokers of its own or of others", () => {
    expect(found(production, "ConfigMap", "customer-cache").data).toMatchObject({
      NATS_SERVER1: "tls://nats.example.net:4222",
      REDIS_CUSTOMER_CACHE_HOSTNAME: "rediss://redis-customer-cache.example.net:6379",
      BROKER_CA_FILE: "/run/brokers/ca.pem",
    });
    expect(production.filter(({ kind }) => kind === "StatefulSet")).toEqual([]);
    expect(found(sandbox, "ConfigMap", "customer-cache").data).toMatchObject({
      NATS_SERVER1: "nats://trunkline-nats:4222",
      NATS_STREAM_REPLICAS: "3",
      REDIS_CUSTOMER_CACHE_HOSTNAME: "trunkline-redis-customer-cache:6379",
    });
  });

  it("pins an image by its digest", () => {
    const { spec } = found(changed, "Deployment", "alerts");
    expect(spec.template?.spec.containers[0]?.image).toBe(`registry.example.net/trunkline@${digest}`);
  });

  it.each([
    [
      "a required setting that is missing",
      'settings.BRUIN_BASE_URL=""',
      "settings.BRUIN_BASE_URL is missing: bruin-bridge",
    ],
    [
      "a setting that nobody reads",
      'settings.BRUIN_BASE_ULR="x"',
      "settings.BRUIN_BASE_ULR: no service reads this variable",
    ],
    ["a service that does not exist", "services.bruin-brigde={}", "services.bruin-brigde: there is no such service"],
    [
      "a setting of another service",
      'services.alerts.settings={"DRI_USERNAME":"x"}',
      "services.alerts.settings.DRI_USERNAME",
    ],
    [
      "a secret among settings",
      'services.dri-bridge.settings={"DRI_PASSWORD":"x"}',
      "a secret does not belong into values",
    ],
    ["a secret that is none", 'services.notifier.secrets=["SMTP_HOST"]', "SMTP_HOST is no secret variable"],
    ["no name of the environment", 'environmentName=""', "environmentName is missing"],
    ["external NATS without an address", 'nats.url=""', "nats.url is missing"],
    ["a value of a wrong kind", 'replicas="two"', "replicas"],
    ["a value that does not exist", "netwrokPolicy={}", "netwrokPolicy"],
  ])("refuses %s", (_what, change, complaint) => {
    expect(refusal("production", change)).toContain(complaint);
  });
});
