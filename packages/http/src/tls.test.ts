import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { certificateFor, json, startServer, thirdParty } from "./scripted-server.ts";

let folder: string;
let certificate: { key: string; cert: string };
let caFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trunkline-tls-"));
  certificate = await certificateFor("vco1.example.net");
  caFile = join(folder, "ca.pem");
  await writeFile(caFile, certificate.cert);
});
afterAll(() => rm(folder, { recursive: true }));

test("an aliased host is connected to elsewhere, under its own name", async () => {
  await using server = await startServer((response) => json(response, 200, [1]), certificate);
  const hostAliases = { "vco1.example.net": `127.0.0.1:${server.port}` };
  const subject = thirdParty("https://vco1.example.net", { hostAliases, caFile });
  expect((await subject.ask({})).body).toEqual([1]);
  expect(server.received[0]?.headers.host).toBe("vco1.example.net");
});

test("another host's certificate is refused", async () => {
  await using server = await startServer((response) => json(response, 200, []), certificate);
  const hostAliases = { "vco2.example.net": `127.0.0.1:${server.port}` };
  await expect(thirdParty("https://vco2.example.net", { hostAliases, caFile }).ask({})).rejects.toMatchObject({
    reason: "tls",
    facts: { code: "ERR_TLS_CERT_ALTNAME_INVALID" },
  });
  expect(server.received).toEqual([]);
});

test("a certificate of an unknown authority is refused", async () => {
  await using server = await startServer((response) => json(response, 200, []), certificate);
  const hostAliases = { "vco1.example.net": `127.0.0.1:${server.port}` };
  await expect(thirdParty("https://vco1.example.net", { hostAliases }).ask({})).rejects.toMatchObject({
    reason: "tls",
  });
  expect(server.received).toEqual([]);
});

test("a server that speaks plain HTTP is no TLS server", async () => {
  await using server = await startServer((response) => json(response, 200, []));
  const hostAliases = { "vco1.example.net": `127.0.0.1:${server.port}` };
  await expect(thirdParty("https://vco1.example.net", { hostAliases, caFile }).ask({})).rejects.toMatchObject({
    reason: "tls",
  });
});

test("a connection that does not come to stand is given up", async () => {
  // Takes the connection and never says a word of TLS.
  const { createServer } = await import("node:net");
  const silent = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => silent.once("listening", resolve));
  const address = silent.address();
  const hostAliases = { "vco1.example.net": `127.0.0.1:${typeof address === "object" ? address?.port : 0}` };
  const subject = thirdParty("https://vco1.example.net", { hostAliases, caFile, connectTimeoutMs: 50 });
  await expect(subject.ask({})).rejects.toMatchObject({ reason: "timeout", facts: { code: "ETIMEDOUT" } });
  silent.close();
});
