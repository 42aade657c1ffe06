import { fileURLToPath } from "node:url";
import type { ScenarioFolders } from "@trunkline/scenarios";
import type { ServiceDefinition } from "@trunkline/service";

const root = new URL("../../", import.meta.url);

export const folders: ScenarioFolders = {
  services: fileURLToPath(new URL("services", root)),
  bases: fileURLToPath(new URL("scenarios/bases", root)),
};

/** The definition of the service in a folder of `services`. */
export async function definitionOf(name: string): Promise<ServiceDefinition> {
  const { service } = (await import(new URL(`services/${name}/src/service.ts`, root).href)) as {
    service: ServiceDefinition;
  };
  return service;
}
