import type { ConfigRow } from "@trunkline/service";
import { stringify } from "yaml";
import type { Deployment } from "../deployment.ts";
import type { GeneratedFile } from "../generated-file.ts";

const HEAD = `# Written by \`npm run generate\` from the services' definitions: what the chart's templates run through.
# Values change it: see \`services\` in values.yaml.
`;

/** The services as data for the Helm chart: there is one template for all of them. */
export function chartServices(deployments: readonly Deployment[]): GeneratedFile {
  const services = Object.fromEntries(deployments.map((deployment) => [deployment.name, entryOf(deployment)]));
  return { path: "helm/trunkline/files/services.yaml", text: HEAD + stringify(services) };
}

function entryOf({ isBridge, callsThirdParties, redis, variables, resources }: Deployment) {
  const { cpuMilli, memoryMib, memoryLimitMib } = resources;
  return {
    // Scaled by load.
    bridge: isBridge,
    redis,
    ...(callsThirdParties && { thirdPartyPorts: thirdPartyPorts(variables) }),
    ports: servedPorts(variables),
    variables: needs(variables.filter(({ variable, secret }) => !secret && !setByChart.has(variable))),
    secrets: needs(variables.filter(({ secret }) => secret)),
    resources: {
      requests: { cpu: `${cpuMilli}m`, memory: `${memoryMib}Mi` },
      limits: { memory: `${memoryLimitMib}Mi` },
    },
  };
}

/** The chart mounts the file and says where it is. */
const setByChart = new Set(["TLS_CA_FILE"]);

function needs(variables: readonly ConfigRow[]): Record<string, "required" | "optional"> {
  return Object.fromEntries(variables.map(({ variable, required }) => [variable, required ? "required" : "optional"]));
}

/** HTTPS, and what else a variable such as SMTP_PORT names. */
function thirdPartyPorts(variables: readonly ConfigRow[]): number[] {
  const named = portVariables(variables).filter(([variable]) => !isServed(variable));
  return [...new Set([443, ...named.map(([, port]) => port)])];
}

/** What a service listens on beside health and metrics, by a name of what comes there: `ALERTS__WEBHOOK_PORT`. */
function servedPorts(variables: readonly ConfigRow[]): Record<string, number> {
  const served = portVariables(variables).filter(([variable]) => isServed(variable));
  return Object.fromEntries(
    served.map(([variable, port]) => [
      variable
        .replace(/^.*__(.*)_PORT$/, "$1")
        .toLowerCase()
        .replaceAll("_", "-"),
      port,
    ]),
  );
}

function isServed(variable: string): boolean {
  return variable.includes("__");
}

function portVariables(variables: readonly ConfigRow[]): [string, number][] {
  const ports = variables.filter(({ variable }) => variable.endsWith("_PORT"));
  return ports.map(({ variable, default: value }) => [variable, Number(value)]);
}
