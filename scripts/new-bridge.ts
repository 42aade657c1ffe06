import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type BridgeNames, judgeName } from "./new-bridge/bridge-name.ts";
import { writeBridge } from "./new-bridge/write-bridge.ts";

/*
 * npm run new:bridge -- acme
 *
 * Writes a bridge to Acme that works: contract, service, client, stand-in in the sandbox, tests and documentation.
 */
const root = join(import.meta.dirname, "..");
const [name] = process.argv.slice(2);
const verdict = judgeName(name, (path) => existsSync(join(root, path)));
try {
  if (!verdict.ok) throw new Error(verdict.reason);
  await create(verdict.names);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function create(names: BridgeNames): Promise<void> {
  const written = await writeBridge(root, names);
  for (const path of written) console.log(`wrote ${path}`);
  run("linking the new service", [
    "pnpm",
    "install",
    "--no-frozen-lockfile",
    "--prefer-offline",
    "--reporter=append-only",
  ]);
  run("formatting what was written", ["biome", "check", "--write", ...written]);
  run("writing what follows from the definition", ["node", "scripts/generate.ts"]);
  console.log(`
${names.service} is there and works against its stand-in: npm test -- --project ${names.service}
Make it your own, in this order:
  packages/contracts/src/${names.name}.ts
  packages/sandbox/src/stand-ins/${names.name}.ts
  services/${names.service}/src/${names.name}-client.ts`);
}

function run(what: string, [program = "", ...args]: readonly string[]): void {
  console.log(`${what} …`);
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: root, encoding: "utf8" });
  if (status === 0) return;
  const said = error?.message ?? `${stdout}${stderr}`;
  throw new Error(`${program} ${args.join(" ")} failed; the bridge's files are written all the same:\n\n${said}`);
}
