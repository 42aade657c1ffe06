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
