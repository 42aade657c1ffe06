import { natsPeople, passwordVariable, redisPeople } from "../broker-users.ts";
import type { Deployment } from "../deployment.ts";
import type { GeneratedFile } from "../generated-file.ts";
import { quarantineSeconds, sandboxPassword, sandboxWorld } from "../sandbox-world.ts";

/** What `docker compose` needs for the sandbox: all of it invented, and the same for everybody. */
export function sandboxSettings(deployments: readonly Deployment[]): GeneratedFile {
  const settings: Record<string, string> = {
    COMPOSE_PROFILES: "sandbox",
    ENVIRONMENT_NAME: "sandbox",
    // The world is invented, so writes are sent: this is what production does, minus the customers.
    CURRENT_ENVIRONMENT: "production",
    // Through the sandbox, so that its console shows what is said over NATS.
    NATS_ADDRESS: "sandbox:4222",
    QUARANTINE_SECONDS: String(quarantineSeconds),
    ...Object.fromEntries(passwords(deployments).map((variable) => [variable, sandboxPassword])),
  };
  for (const { service, variable, value } of sandboxWorld(deployments, "sandbox")) {
    const { [variable]: other = value } = settings;
    if (other !== value) throw new Error(`${variable} would have to be ${other} and, for ${service}, ${value}`);
    settings[variable] = value;
  }
  const text = [
    "# Written by `npm run generate`: settings of the sandbox, for docker-compose.yml. Nothing here is secret.",
  ];
  for (const [variable, value] of Object.entries(settings)) text.push(`${variable}=${quoted(value)}`);
  return { path: "deploy/compose/sandbox.env", text: `${text.join("\n")}\n` };
}

/** What has to be filled in to run against real systems; what can be left out is a comment. */
export function settingsToFillIn(deployments: readonly Deployment[]): GeneratedFile {
  const seen = new Set(sharedPasswords);
  const lines = [
    "# Written by `npm run generate`: what docker-compose.yml reads. Make a `.env` beside it of this file:",
    "# docs/operations/compose.md says how. What stands behind a # can stay so.",
    "ENVIRONMENT_NAME=",
    "# Writes and notifications are sent when this is `production`, and withheld otherwise.",
    "CURRENT_ENVIRONMENT=dev",
    "",
    "# Any long texts of letters and digits, a letter first. Users of NATS and Redis: deploy/make-passwords.sh",
    ...sharedPasswords.map((variable) => `${variable}=`),
    "",
    "# Whom Alertmanager tells itself when NATS, Redis or alerts is down: an address that it posts to, or a mailbox",
    "# with the server that takes mail for it (host:port) and a sender; see deploy/alertmanager/write-config.sh",
    ...lastResort.map((variable) => `# ${variable}=`),
  ];
  for (const { name, variables } of deployments) {
    const own = variables.filter(({ variable }) => !seen.has(variable));
    if (own.length > 0) lines.push("", `# ${name}`);
    for (const { variable, required, description } of own) {
      seen.add(variable);
      lines.push(`# ${description}`, `${required ? "" : "# "}${variable}=`);
    }
  }
  return { path: "deploy/compose/settings.env", text: `${lines.join("\n")}\n` };
}

/** Passwords that belong to no user of NATS or Redis. */
const sharedPasswords = ["NATS_PASSWORD_CLUSTER", "GRAFANA_PASSWORD", "ALERTS__WEBHOOK_TOKEN"];

/** What `deploy/alertmanager/write-config.sh` reads. */
const lastResort = ["WEBHOOK", "EMAIL", "SMTP", "SENDER", "USERNAME", "PASSWORD"].map((name) => `LAST_RESORT_${name}`);

function passwords(deployments: readonly Deployment[]): string[] {
  const names = deployments.map(({ name }) => name);
  return [
    ...sharedPasswords,
    ...[...names, ...Object.keys(natsPeople)].map((user) => passwordVariable("NATS", user)),
    ...[...names, ...Object.keys(redisPeople)].map((user) => passwordVariable("REDIS", user)),
  ];
}

function quoted(value: string): string {
  return /^[\w.:/@-]*$/.test(value) ? value : `'${value}'`;
}
