import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ServiceDefinition } from "@trunkline/service";

const servicesFolder = new URL("../../services/", import.meta.url);

export interface CatalogueEntry {
  readonly definition: ServiceDefinition;
  /** The file that runs this service alone. */
  readonly mainFile: string;
}

/** Every service of the repository, found by its `src/service.ts`: a new one needs no registration. */
export async function serviceCatalogue(): Promise<CatalogueEntry[]> {
  const files = globSync("*/src/service.ts", { cwd: fileURLToPath(servicesFolder) }).sort();
  return Promise.all(
    files.map(async (path) => {
      const [name = ""] = path.split("/");
      const file = new URL(path, servicesFolder);
      const { service } = (await import(file.href)) as { service: ServiceDefinition };
      return { definition: service, mainFile: fileURLToPath(new URL(`${name}/src/main.ts`, servicesFolder)) };
    }),
  );
}
