import { stringify } from "yaml";
import { natsPeople, passwordVariable, redisPeople } from "../broker-users.ts";
import type { Deployment } from "../deployment.ts";
import type { GeneratedFile } from "../generated-file.ts";
import { quarantineSeconds, type SandboxSetting, sandboxPassword, sandboxWorld } from "../sandbox-world.ts";

const HEAD = `# Written by \`npm run generate\`: everything on one small cluster, against the sandbox. Nothing here is secret.
#
#   helm install trunkline helm/trunkline --values helm/trunkline/values-sandbox.yaml --wait
#   helm test trunkline --logs
#
# The release has to be called trunkline: the settings lead to trunkline-sandbox.
`;

/** Values of the chart with which everything runs against a sandbox in the same cluster. */
export function sandboxValues(deployments: readonly Deployment[]): GeneratedFile {
  const world = sandboxWorld(deployments, "trunkline-sandbox");
  const settings = world.filter(({ secret, variable }) => !secret && variable !== "TLS_CA_FILE");
  const values = {
    environmentName: "sandbox",
    // The world is invented, so writes are sent: this is what production does, minus the customers.
    currentEnvironment: "production",
    replicas: 1,
    autoscaling: { enabled: false },
    sandbox: { enabled: true, quarantineSeconds },
    nats: { storage: "1Gi" },
    redis: { storage: "1Gi" },
    settings: valuesOf(settings),
    services: optionalSecrets(deployments, world),
    secrets: { from: "values", values: secretValues(deployments, world) },
  };
  return { path: "helm/trunkline/values-sandbox.yaml", text: HEAD + stringify(values) };
}

function valuesOf(settings: readonly SandboxSetting[]): Record<string, string> {
  return Object.fromEntries(settings.map(({ variable, value }) => [variable, value]));
}

/** Secrets that a service could do without are mounted only where they are named. */
function optionalSecrets(deployments: readonly Deployment[], world: readonly SandboxSetting[]) {
  const entries = deployments.map(({ name, variables }) => {
    const optional = new Set(variables.filter(({ required }) => !required).map(({ variable }) => variable));
    const given = world.filter(({ service, secret, variable }) => service === name && secret && optional.has(variable));
    return [name, { secrets: given.map(({ variable }) => variable) }] as const;
  });
  return Object.fromEntries(entries.filter(([, { secrets }]) => secrets.length > 0));
}

function secretValues(deployments: readonly Deployment[], world: readonly SandboxSetting[]) {
  const names = deployments.map(({ name }) => name);
  const services = names.map((name) => {
    const own = world.filter(({ service, secret }) => service === name && secret);
    return [name, { NATS_PASSWORD: sandboxPassword, REDIS_PASSWORD: sandboxPassword, ...valuesOf(own) }] as const;
  });
  return {
    ...Object.fromEntries(services),
    "nats-users": passwords("NATS", [...names, ...Object.keys(natsPeople)]),
    "redis-users": passwords("REDIS", [...names, ...Object.keys(redisPeople)]),
  };
}

function passwords(broker: "NATS" | "REDIS", users: readonly string[]): Record<string, string> {
  return Object.fromEntries(users.map((user) => [passwordVariable(broker, user), sandboxPassword]));
}
