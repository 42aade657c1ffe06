import { mailDate, mapInTurns, type PeopleBus, type Replacement } from "@trunkline/cache";
import { type CachedEdge, type EmailFile, emailNotification, pythonRepr } from "@trunkline/contracts";

/** @returns what mails a host's list before and after a refresh, unless only times of contact have changed */
export function snapshotMails(options: {
  readonly bus: PeopleBus;
  readonly environment: string;
  /** An address; without one nothing is mailed. */
  readonly recipient: string | undefined;
}): (replacement: Replacement<CachedEdge>) => Promise<void> {
  const { bus, environment, recipient } = options;
  return async ({ list: host, before, after, now }) => {
    if (recipient === undefined || (await isSame(before, after))) return;
    const { subject, names } = snapshotTitles({ environment, host, now });
    const attachments = [await csvFile(names.before, before), await csvFile(names.after, after)];
    await bus.publish(emailNotification, { email_data: { subject, recipient, attachments } });
  };
}

/** What such a mail and its two attachments are called. */
export function snapshotTitles(about: { readonly environment: string; readonly host: string; readonly now: Date }): {
  readonly subject: string;
  readonly names: { readonly before: string; readonly after: string };
} {
  const { environment, host, now } = about;
  const date = mailDate(now);
  return {
    subject: `Customer cache snapshots. Environment: ${environment}. Host: ${host}. ${date}`,
    names: { before: `old_customer_cache_${host}_${date}.csv`, after: `new_customer_cache_${host}_${date}.csv` },
  };
}

const header = [
  "Serial Number",
  "Bruin Client ID",
  "Bruin Client Name",
  "Velo Host",
  "Velo Enterprise ID",
  "Velo Edge ID",
  "Last Contact",
  "Logical IDs",
];

/** What a snapshot says of an edge, in the header's order. */
function rowOf({ serial_number, bruin_client_info, edge, last_contact, logical_ids }: CachedEdge): unknown[] {
  const { client_id, client_name } = bruin_client_info;
  const { host, enterprise_id, edge_id } = edge;
  return [serial_number, client_id, client_name, host, enterprise_id, edge_id, last_contact, pythonRepr(logical_ids)];
}

async function isSame(before: readonly CachedEdge[], after: readonly CachedEdge[]): Promise<boolean> {
  if (before.length !== after.length) return false;
  const said = (edge: CachedEdge) => rowOf({ ...edge, last_contact: null }).join("\n");
  const known = new Set(await mapInTurns(before, said));
  return (await mapInTurns(after, said)).every((text) => known.has(text));
}

async function csvFile(name: string, edges: readonly CachedEdge[]): Promise<EmailFile> {
  const lines = [lineOf(header), ...(await mapInTurns(edges, (edge) => lineOf(rowOf(edge))))];
  return { name, data: Buffer.from(lines.join("")).toString("base64") };
}

function lineOf(row: readonly unknown[]): string {
  return `${row.map(field).join(",")}\r\n`;
}

/** As RFC 4180 has it. */
function field(value: unknown): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
