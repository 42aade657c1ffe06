import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Greeter, greeterClient, startGreeter } from "./testing/scripted-greeter.ts";

let folder: string;
let caFile: string;
let greeter: Greeter;

beforeAll(async () => {
  const host = "kre.example.net";
  const extensions = [{ name: "subjectAltName" as const, altNames: [{ type: 2 as const, value: host }] }];
  const { private: key, cert } = await generate([{ name: "commonName", value: host }], { extensions });
  folder = await mkdtemp(join(tmpdir(), "grpc-tls-"));
  caFile = join(folder, "ca.pem");
  await writeFile(caFile, cert);
  greeter = await startGreeter((_, answer) => answer(null, { name: "thanks" }), { key, cert });
});
afterAll(async () => {
  await greeter[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const client = (host: string, trusted?: string) =>
  greeterClient(`${host}:443`, { plaintext: false, caFile: trusted, hostAliases: { [host]: greeter.target } });

test("a name that leads elsewhere is the name that TLS checks", async () => {
  const { ask, close } = client("kre.example.net", caFile);
  expect(await ask()).toMatchObject({ name: "thanks" });
  close();
});

test.each([
  ["another name", "other.example.net", true],
  ["an authority that nobody trusts", "kre.example.net", false],
])("%s is refused, and nothing is sent", async (_, host, trusted) => {
  const before = greeter.received.length;
  const { ask, close } = client(host, trusted ? caFile : undefined);
  await expect(ask()).rejects.toMatchObject({ reason: "UNAVAILABLE" });
  expect(greeter.received).toHaveLength(before);
  close();
});
