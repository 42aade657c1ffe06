import { existsSync, readdirSync } from "node:fs";

/*
 * What the image starts: one service, by its name.
 *
 *     docker run trunkline bruin-bridge
 */
const servicesFolder = new URL("../../services/", import.meta.url);
const [name = ""] = process.argv.slice(2);
const mainFile = new URL(`${encodeURIComponent(name)}/src/main.ts`, servicesFolder);

if (name !== "" && existsSync(mainFile)) {
  await import(mainFile.href);
} else {
  const asked = name === "" ? "no service was named" : `there is no service called ${JSON.stringify(name)}`;
  console.error(`${asked}: expected one of ${readdirSync(servicesFolder).sort().join(", ")}`);
  process.exitCode = 2;
}
