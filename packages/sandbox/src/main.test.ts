import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));
const ports = ["", "THIRD_PARTY_", "SMTP_", "IMAP_", "T7_", "NATS_"].map((name) => `SANDBOX_${name}PORT`);
const anyPorts = Object.fromEntries(ports.map((name) => [name, "0"]));

function start(variables: Record<string, string>) {
  return spawn(process.execPath, [main], { env: { PATH: process.env.PATH ?? "", ...variables } });
}

/** What it says when it runs. */
function said(child: ReturnType<typeof start>): Promise<string> {
  return new Promise((resolve) => {
    let soFar = "";
    child.stdout.on("data", (chunk: Buffer) => {
      soFar += chunk;
      if (soFar.includes("fleet")) resolve(soFar);
    });
  });
}

describe("the sandbox alone", () => {
  it("says where everything is, and stops when told to", async () => {
    const child = start({ ...anyPorts, SANDBOX_EDGES: "9" });
    const words = await said(child);
    const url = /control API +(http:\S+)/.exec(words)?.[1] ?? "";
    const world = (await (await fetch(`${url}/api/world`)).json()) as { edges: object[] };
    expect(world.edges.length).toBe(9 + 3);
    expect(words).toContain("vco1.example.net");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("tells services of other machines where it is and whom to trust", async () => {
    await using releases = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), "sandbox-authority-"));
    releases.defer(() => rm(folder, { recursive: true }));
    const elsewhere = { SANDBOX_ADDRESS: "sandbox", SANDBOX_AUTHORITY_FOLDER: folder };
    const child = start({ ...anyPorts, SANDBOX_EDGES: "9", SANDBOX_HOSTNAME: "0.0.0.0", ...elsewhere });
    releases.defer(() => void child.kill("SIGKILL"));
    const url = /control API +(http:\S+)/.exec(await said(child))?.[1] ?? "";
    const environment = await (await fetch(`${url}/api/environment/bruin-bridge`)).json();
    expect(new URL(url).hostname).toBe("127.0.0.1");
    expect(environment).toMatchObject({
      HOST_ALIASES: expect.stringMatching(/"id\.bruin\.example\.net":"sandbox:\d+"/),
      TLS_CA_FILE: join(folder, "ca.pem"),
    });
    expect(await readdir(folder)).toEqual(["ca.pem"]);
    const authority = await (await fetch(`${url}/api/authority`)).text();
    expect(authority).toBe(await readFile(join(folder, "ca.pem"), "utf8"));
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses settings that make no sense, by their names", async () => {
    const child = start({ ...anyPorts, SANDBOX_EDGES: "many" });
    const complaint = await text(child.stderr);
    expect(complaint).toContain("SANDBOX_EDGES");
    expect(child.exitCode ?? (await once(child, "exit"))[0]).toBe(1);
  });
});
