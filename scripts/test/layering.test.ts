import { expect, it } from "vitest";
import { fixtureTree, linkPackages, repositoryFile, runTool } from "./fixture-tree.ts";

const packageNames = ["bus", "contracts", "http", "sandbox", "sdwan", "testkit"];
const manifest = (name: string) => JSON.stringify({ name, exports: { ".": "./src/index.ts" }, type: "module" });
const library = (name: string) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, exports: { ".": "./index.js" }, type: "module" }),
  [`node_modules/${name}/index.js`]: "export const library = 1;\n",
});

const surroundings = {
  "package.json": JSON.stringify({
    name: "fixture",
    dependencies: { "@grpc/grpc-js": "1", axios: "1", ioredis: "1", nats: "1", zod: "1" },
  }),
  ...Object.fromEntries(packageNames.map((name) => [`packages/${name}/package.json`, manifest(`@trunkline/${name}`)])),
  ...Object.fromEntries(packageNames.map((name) => [`packages/${name}/src/index.ts`, "export const door = 1;\n"])),
  ...library("@grpc/grpc-js"),
  ...library("axios"),
  ...library("ioredis"),
  ...library("nats"),
  ...library("zod"),
};

/** What is allowed and easily mistaken for a violation. */
const allowed = {
  "packages/contracts/src/schemas.ts": 'import { library } from "zod";\nexport const a = library;\n',
  "packages/contracts/src/vectors.test.ts": 'import { readFileSync } from "node:fs";\nexport { readFileSync };\n',
  "packages/contracts/src/hash.ts": 'import { createHash } from "node:crypto";\nexport { createHash };\n',
  "packages/bus/src/link.ts": 'import { library } from "nats";\nexport const a = library;\n',
  "packages/http/src/client.ts": 'import { library } from "axios";\nexport const a = library;\n',
  "packages/grpc/src/client.ts": 'import { library } from "@grpc/grpc-js";\nexport const a = library;\n',
  "packages/sandbox/src/server.ts": 'import { library } from "@grpc/grpc-js";\nexport const a = library;\n',
  "packages/bench/src/raw.ts": 'import { library } from "nats";\nexport const a = library;\n',
  "packages/http/src/client.test.ts": 'import { door } from "@trunkline/testkit";\nexport { door };\n',
  "packages/testkit/src/world.ts": 'import { door } from "@trunkline/sandbox";\nexport { door };\n',
  "services/fine-bridge/src/service.ts": 'import { door } from "@trunkline/bus";\nexport { door };\n',
  "packages/http/src/testing/server.ts": 'export { door } from "@trunkline/sandbox";\n',
  "services/fine-bridge/src/part.ts": "export const part = 1;\n",
  "tests/definition.test.ts": 'export { door } from "../services/fine-bridge/src/service.ts";\n',
  "scripts/demo.ts": 'import { door } from "@trunkline/sandbox";\nexport { door };\n',
  "tests/fuzz.test.ts": 'import { library } from "nats";\nexport { library };\n',
};

/** One file for each rule that it breaks; the text after the colon is what it imports. */
const violations: readonly (readonly [rule: string, file: string, source: string])[] = [
  ["no-cycles", "packages/bus/src/ring.ts", 'import { b } from "./ring-end.ts";\nexport const a = b;\n'],
  [
    "no-cycles",
    "packages/http/src/types-ring.ts",
    'import type { B } from "./types-ring-end.ts";\nexport type A = B;\n',
  ],
  [
    "packages-without-services",
    "packages/http/src/up.ts",
    'export * from "../../../services/fine-bridge/src/service.ts";\n',
  ],
  ["services-apart", "services/rude-bridge/src/peer.ts", 'export * from "../../fine-bridge/src/service.ts";\n'],
  ["code-without-scripts", "services/rude-bridge/src/play.ts", 'export * from "../../../scripts/demo.ts";\n'],
  ["one-door", "services/rude-bridge/src/deep.ts", 'export * from "../../../packages/bus/src/link.ts";\n'],
  ["one-door", "packages/http/src/deep.ts", 'export * from "../../bus/src/link.ts";\n'],
  ["one-door", "scripts/deep.ts", 'export * from "../packages/bus/src/link.ts";\n'],
  ["services-by-definition", "tests/part.test.ts", 'export * from "../services/fine-bridge/src/part.ts";\n'],
  ["pure-without-io-modules", "packages/contracts/src/disk.ts", 'export { readFile } from "node:fs/promises";\n'],
  ["pure-without-io-modules", "packages/sdwan/src/lazy.ts", 'export const net = () => import("node:net");\n'],
  [
    "pure-without-io-libraries",
    "packages/contracts/src/store.ts",
    'import type { library } from "ioredis";\nexport type A = typeof library;\n',
  ],
  ["pure-on-pure", "packages/sdwan/src/ask.ts", 'export { door } from "@trunkline/bus";\n'],
  [
    "nats-behind-bus",
    "services/rude-bridge/src/wire.ts",
    'import type { library } from "nats";\nexport type A = typeof library;\n',
  ],
  ["nats-behind-bus", "scripts/wire.ts", 'export { library } from "nats";\n'],
  ["axios-behind-http", "services/rude-bridge/src/call.ts", 'export { library } from "axios";\n'],
  ["grpc-behind-grpc", "services/rude-bridge/src/rpc.ts", 'export { library } from "@grpc/grpc-js";\n'],
  ["production-without-test-tools", "services/rude-bridge/src/fake.ts", 'export { door } from "@trunkline/sandbox";\n'],
  ["code-without-tests", "packages/http/src/borrow.ts", 'export * from "./client.test.ts";\n'],
  ["code-without-tests", "packages/http/src/borrow-too.ts", 'export * from "./testing/server.ts";\n'],
  ["resolvable", "packages/http/src/gone.ts", 'export * from "./nowhere.ts";\n'],
];

it("finds each kind of violation, and nothing else", async () => {
  const folder = await fixtureTree({
    ...surroundings,
    ...allowed,
    ...Object.fromEntries(violations.map(([, file, source]) => [file, source])),
    "packages/bus/src/ring-end.ts": 'import { a } from "./ring.ts";\nexport const b: number = a;\n',
    "packages/http/src/types-ring-end.ts": 'import type { A } from "./types-ring.ts";\nexport type B = A | 1;\n',
  });
  await linkPackages(folder, packageNames);

  const config = repositoryFile("dependency-cruiser.config.mjs");
  const { stdout, stderr } = runTool(folder, [
    ...["depcruise", "--config", config, "--output-type", "json"],
    ...["packages", "services", "scripts", "tests"],
  ]);

  expect(stderr).toBe("");
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string }; from: string }[] } };
  const found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from.replace("-end.ts", ".ts")}`);
  const wanted = violations.map(([rule, file]) => `${rule}: ${file}`);
  expect([...new Set(found)].sort()).toEqual(wanted.sort());
});
