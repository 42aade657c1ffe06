import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { getDigiRecoveryLogs, rebootDigi } from "@trunkline/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { natsPermissions } from "./nats-permissions.ts";
import { redisAcl } from "./redis-acl.ts";

const nothing = { asks: [], publishes: [], consumes: [], redis: [], schedules: [], jobs: [] };
const bridge = { ...nothing, name: "digi-bridge", serves: [rebootDigi, getDigiRecoveryLogs] };
const cache = { ...nothing, name: "a-cache", serves: [], redis: ["customer-cache" as const], jobs: ["later"] };

describe("NATS permissions", () => {
  it("are a user for each service and for the people, with passwords from the environment", () => {
    const { path, text } = natsPermissions([bridge, cache]);
    expect(path).toBe("deploy/nats/permissions.conf");
    expect(text.match(/user: ".*"/g)).toEqual(
      ["a-cache", "digi-bridge", "operator", "sandbox"].map((name) => `user: "${name}"`),
    );
    expect(text).toContain("password: $NATS_PASSWORD_DIGI_BRIDGE");
    // Nothing to publish is not the same as no word about publishing, which would allow everything.
    expect(text).toContain('publish: { deny: ">" }');
  });
});

describe("Redis ACLs", () => {
  it("are a file for each Redis, with those who use it", () => {
    const usersOf = (text: string) => [...text.matchAll(/^user (\S+)/gm)].map(([, name]) => name);
    expect(usersOf(redisAcl([bridge, cache], "main").text)).toEqual([
      "default",
      "a-cache",
      "digi-bridge",
      "operator",
      "exporter",
    ]);
    expect(usersOf(redisAcl([bridge, cache], "customer-cache").text)).toEqual([
      "default",
      "a-cache",
      "operator",
      "exporter",
    ]);
  });

  it("name the keys that a service's definition speaks of", () => {
    const [, , own = ""] = redisAcl([bridge, cache], "main").text.match(/^user .*$/gm) ?? [];
    expect(own).toContain(" ~%ENVIRONMENT%-idempotency-digi.reboot-* ");
    expect(own).not.toContain("digi.recovery");
    expect(own).not.toContain("%ENVIRONMENT%:jobs:");
  });
});

describe("write-acl.sh", () => {
  const script = fileURLToPath(new URL("../../deploy/redis/write-acl.sh", import.meta.url));
  let folder: string;
  let template: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "trunkline-acl-"));
    template = join(folder, "main.acl");
    await writeFile(template, "# words\nuser default off\nuser a-b on #REDIS_PASSWORD_A_B ~%ENVIRONMENT%:a-b:*\n");
  });
  afterAll(() => rm(folder, { recursive: true }));

  const write = async (env: Record<string, string>) => {
    const PATH = process.env.PATH ?? "";
    return (await promisify(execFile)("/bin/sh", [script, template], { env: { PATH, ...env } })).stdout;
  };
  const password = 'p@ss #1 "x" $y';

  it("puts in the environment's name and the hash of the password, from a variable or from a file", async () => {
    const hash = createHash("sha256").update(password).digest("hex");
    const expected = `user default off\nuser a-b on #${hash} ~live:a-b:*\n`;
    expect(await write({ ENVIRONMENT_NAME: "live", REDIS_PASSWORD_A_B: password })).toBe(expected);
    const file = join(folder, "secret");
    await writeFile(file, `${password}\n`);
    expect(await write({ ENVIRONMENT_NAME: "live", REDIS_PASSWORD_A_B_FILE: file })).toBe(expected);
  });

  it.each([
    [{ REDIS_PASSWORD_A_B: "x" }, "ENVIRONMENT_NAME is missing"],
    [{ ENVIRONMENT_NAME: "*", REDIS_PASSWORD_A_B: "x" }, "letters, digits"],
    [{ ENVIRONMENT_NAME: "live" }, "REDIS_PASSWORD_A_B is missing"],
    [{ ENVIRONMENT_NAME: "live", REDIS_PASSWORD_A_B_FILE: "/nowhere" }, "REDIS_PASSWORD_A_B_FILE cannot be read"],
  ])("writes nothing and says why with %o", async (env, complaint) => {
    const failure = await write(env as Record<string, string>).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 1, stdout: "" });
    expect(String((failure as { stderr: string }).stderr)).toContain(complaint);
  });
});
