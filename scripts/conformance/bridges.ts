import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readVectors, type VectorFile } from "@trunkline/conformance";
import type { ServiceDefinition } from "@trunkline/service";
import { serviceCatalogue } from "../demo/service-catalogue.ts";

/** A bridge with what it does on the wire. */
export interface Bridge {
  readonly definition: ServiceDefinition;
  readonly file: VectorFile;
}

/** Whether a service serves a third party, and so needs vectors; the others have them or not. */
export function isBridge(name: string): boolean {
  return name.endsWith("-bridge") || name === "notifier";
}

/** The names of bridges whose vectors are missing. */
export async function bridgesWithoutVectors(): Promise<string[]> {
  const names = (await serviceCatalogue()).map(({ definition }) => definition.name);
  return names.filter((name) => isBridge(name) && !existsSync(vectorsOf(name)));
}

/**
 * Every service that has vectors.
 *
 * @param only the name of the one that is wanted
 * @throws InvalidVectors
 */
export async function bridgesWithVectors(only?: string): Promise<Bridge[]> {
  const found = (await serviceCatalogue())
    .map(({ definition }) => ({ definition, path: vectorsOf(definition.name) }))
    .filter(({ definition, path }) => existsSync(path) && (only ?? definition.name) === definition.name);
  return Promise.all(found.map(async ({ definition, path }) => ({ definition, file: await readVectors(path) })));
}

export function vectorsOf(service: string): string {
  return fileURLToPath(new URL(`../../services/${service}/vectors.json`, import.meta.url));
}
