import { globSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { deployedFiles } from "@trunkline/observability";
import { serviceCatalogue } from "./demo/service-catalogue.ts";
import { alertsPage, type Runbook } from "./generate/alerts-page.ts";
import { asyncapi } from "./generate/asyncapi.ts";
import { chartServices } from "./generate/chart/chart-services.ts";
import { sandboxValues } from "./generate/chart/sandbox-values.ts";
import { composeFile } from "./generate/compose/compose-file.ts";
import { sandboxSettings, settingsToFillIn } from "./generate/compose/env-files.ts";
import { configurationPage } from "./generate/configuration-page.ts";
import { deploymentsOf, redisRoles, redisServer } from "./generate/deployment.ts";
import type { GeneratedFile } from "./generate/generated-file.ts";
import { natsPermissions } from "./generate/nats-permissions.ts";
import { notesPage } from "./generate/notes-page.ts";
import { redisAcl } from "./generate/redis-acl.ts";
import { readmePath, serviceReadme } from "./generate/service-readme.ts";
import { subjectsPage } from "./generate/subjects-page.ts";

/*
 * npm run generate                writes every file that follows from the services' definitions
 * npm run generate -- --check     writes nothing, and fails when one of them is stale
 */
const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const stale = await staleFiles(await generatedFiles());
if (values.check) {
  for (const { path } of stale) console.log(`${path} is stale: run \`npm run generate\` and commit what it writes`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const { path, text } of stale) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    console.log(`wrote ${path}`);
  }
  if (stale.length === 0) console.log("everything is fresh");
}

async function generatedFiles(): Promise<GeneratedFile[]> {
  const definitions = (await serviceCatalogue()).map(({ definition }) => definition);
  const readmes = definitions.map(async (definition) => {
    const written = await readFile(readmePath(definition), "utf8").catch(() => "");
    return serviceReadme(definition, written);
  });
  const deployments = deploymentsOf(definitions);
  return [
    composeFile(deployments),
    sandboxSettings(deployments),
    settingsToFillIn(deployments),
    chartServices(deployments),
    sandboxValues(deployments),
    configurationPage(definitions),
    subjectsPage(definitions),
    notesPage(definitions),
    alertsPage(await runbooks()),
    asyncapi(definitions),
    ...deployedFiles(
      definitions.map(({ name }) => name),
      redisRoles(deployments).map(redisServer),
    ),
    ...(await Promise.all(readmes)),
    natsPermissions(definitions),
    redisAcl(definitions, "main"),
    redisAcl(definitions, "customer-cache"),
  ];
}

async function runbooks(): Promise<Runbook[]> {
  const paths = globSync("docs/runbooks/*.md").sort();
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, "utf8") })));
}

async function staleFiles(files: readonly GeneratedFile[]): Promise<GeneratedFile[]> {
  const onDisk = await Promise.all(files.map(({ path }) => readFile(path, "utf8").catch(() => undefined)));
  return files.filter(({ text }, index) => onDisk[index] !== text);
}
