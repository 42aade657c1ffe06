import { once } from "node:events";
import { access, readFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Certificates, makeCertificates } from "./certificates.ts";

describe("the sandbox's certificate", () => {
  let certificates: Certificates;
  let server: Server;

  beforeAll(async () => {
    certificates = await makeCertificates(["vco1.example.net", "id.bruin.example.net"]);
    server = createServer(certificates);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(() => {
    server.close();
  });

  async function handshake(servername: string | undefined, ca: string | undefined): Promise<TLSSocket> {
    const { port } = server.address() as AddressInfo;
    const socket = connect({ host: "127.0.0.1", port, ...(servername && { servername }), ...(ca && { ca }) });
    await once(socket, "secureConnect");
    socket.destroy();
    return socket;
  }

  it.each(["vco1.example.net", "id.bruin.example.net", undefined])("holds for %s under its authority", async (name) => {
    const ca = await readFile(certificates.caFile, "utf8");
    expect((await handshake(name, ca)).authorized).toBe(true);
  });

  it("does not hold for another name", async () => {
    const ca = await readFile(certificates.caFile, "utf8");
    await expect(handshake("elsewhere.example.net", ca)).rejects.toMatchObject({
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
  });

  it("does not hold for who does not trust its authority", async () => {
    await expect(handshake("vco1.example.net", undefined)).rejects.toMatchObject({
      code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO_(VERIFY|GET)/),
    });
  });

  it("leaves nothing behind", async () => {
    const own = await makeCertificates(["a.example.net"]);
    await own.remove();
    await expect(access(own.caFile)).rejects.toMatchObject({ code: "ENOENT" });
  });
});
