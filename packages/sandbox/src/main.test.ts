import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));
const ports = ["", "THIRD_PARTY_", "SMTP_", "IMAP_", "T7_", "NATS_"].map((name) => `SANDBOX_${name}PORT`);
const anyPorts = Object.fromEntries(ports.map((name) => [name, "0"]));

function start(variables: Record<string, string>) {
  return spawn(process.execPath, [main], { env: { PATH: process.env.PATH ?? "", ...variables } });
}

describe("the sandbox alone", () => {
  it("says where everything is, and stops when told to", async () => {
    const child = start({ ...anyPorts, SANDBOX_EDGES: "9" });
    const said = await new Promise<string>((resolve) => {
      let soFar = "";
      child.stdout.on("data", (chunk: Buffer) => {
        soFar += chunk;
        if (soFar.includes("fleet")) resolve(soFar);
      });
    });
    const url = /control API +(http:\S+)/.exec(said)?.[1] ?? "";
    const world = (await (await fetch(`${url}/api/world`)).json()) as { edges: object[] };
    expect(world.edges.length).toBe(9 + 3);
    expect(said).toContain("vco1.example.net");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("refuses settings that make no sense, by their names", async () => {
    const child = start({ ...anyPorts, SANDBOX_EDGES: "many" });
    const complaint = await text(child.stderr);
    expect(complaint).toContain("SANDBOX_EDGES");
    expect(child.exitCode ?? (await once(child, "exit"))[0]).toBe(1);
  });
});
