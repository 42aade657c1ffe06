import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";

/** A certificate for the stand-ins, and the private authority that signed it. */
export interface Certificates {
  readonly key: string;
  readonly cert: string;
  /** The authority's certificate. */
  readonly authority: string;
  /** A PEM file with the authority's certificate, for whoever is to trust it. */
  readonly caFile: string;
  remove(): Promise<void>;
}

/**
 * Makes an authority that exists for this one sandbox, and a certificate for these hosts.
 *
 * @param folder where the authority's certificate is put, for programs that run elsewhere; a temporary one without it
 */
export async function makeCertificates(hosts: readonly string[], folder?: string): Promise<Certificates> {
  const authority = await generate([{ name: "commonName", value: "Trunkline sandbox authority" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: "commonName", value: "Trunkline sandbox" }], {
    keyType: "ec",
    algorithm: "sha256",
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: [...hosts.map(dnsName), { type: 7, ip: "127.0.0.1" }] },
    ],
  });
  const caFolder = folder ?? (await mkdtemp(join(tmpdir(), "trunkline-sandbox-")));
  const caFile = join(caFolder, "ca.pem");
  await writeFile(caFile, authority.cert);
  return {
    key: leaf.private,
    cert: leaf.cert,
    authority: authority.cert,
    caFile,
    remove: () => rm(folder === undefined ? caFolder : caFile, { recursive: true, force: true }),
  };
}

function dnsName(value: string): { type: 2; value: string } {
  return { type: 2, value };
}
