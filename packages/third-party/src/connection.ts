import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { getCACertificates } from "node:tls";

/** Splits `host:port`; an IPv6 address stands in brackets. */
export function splitAddress(address: string): { host: string; port: number } {
  const colon = address.lastIndexOf(":");
  const host = address.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
  return { host, port: Number(address.slice(colon + 1)) };
}

/** The system's authorities and those of a PEM bundle. */
export function trustedAuthorities(caFile: string): string[] {
  return [...getCACertificates("default"), readFileSync(caFile, "utf8")];
}

/** Whether a name stands for this machine, where plain text cannot be overheard. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}
