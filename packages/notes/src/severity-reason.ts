import { inOneLine, ownLines, signed } from "./watermark.ts";

/** Why a ticket's severity was changed. Bruin takes it with the change and shows it as a note. */
export interface SeverityReason {
  readonly severity: number;
  /** Interfaces whose link is down while the edge is up; null when the edge itself is down. */
  readonly faultyInterfaces: readonly string[] | null;
}

export function renderSeverityReason({ severity, faultyInterfaces }: SeverityReason): string {
  const title = `Changing to Severity ${severity}`;
  if (faultyInterfaces === null) return signed([title, "Edge Status: Offline"]);
  const links = faultyInterfaces.map((name) => `Interface ${inOneLine(name)} Status: Disconnected`);
  return signed([title, "Edge Status: Online", ...links]);
}

/** @returns null when the text is no such reason */
export function parseSeverityReason(text: string): SeverityReason | null {
  const [title = "", edge, ...links] = ownLines(text) ?? [];
  const severity = /^Changing to Severity (\d+)$/.exec(title)?.[1];
  if (severity === undefined) return null;
  const names = links.flatMap((line) => /^Interface (.+) Status: Disconnected$/.exec(line)?.[1] ?? []);
  return { severity: Number(severity), faultyInterfaces: edge === "Edge Status: Offline" ? null : names };
}
