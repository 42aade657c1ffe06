import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";

/** Where a mail server is, and how to be sure that it is the right one. */
export interface MailServerOptions {
  readonly host: string;
  readonly port: number;
  /** Host name → `ip:port` to connect to instead; TLS still checks the name. */
  readonly hostAliases?: Readonly<Record<string, string>> | undefined;
  /** PEM bundle to trust beside the system's authorities. */
  readonly caFile?: string | undefined;
}

/** The address to connect to, and what TLS has to check. */
export function mailServer({ host, port, hostAliases, caFile }: MailServerOptions) {
  const alias = hostAliases?.[host];
  const [address, aliasPort] = alias === undefined ? [host, port] : splitAddress(alias);
  const trusted = caFile === undefined ? {} : { ca: [...rootCertificates, readFileSync(caFile, "utf8")] };
  return { host: address, port: aliasPort, tls: { servername: host, ...trusted } };
}

function splitAddress(address: string): [string, number] {
  const colon = address.lastIndexOf(":");
  return [address.slice(0, colon).replace(/^\[|\]$/g, ""), Number(address.slice(colon + 1))];
}
