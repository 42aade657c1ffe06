/** A row of a ticket's task history under the field names of KRE. */
export type TicketRow = Readonly<Record<string, string | number>>;

/** Rows that KRE can read, or the first value that it cannot, in words. */
export type TicketRows =
  | { readonly ok: true; readonly rows: TicketRow[] }
  | { readonly ok: false; readonly complaint: string };

type Kind = "text" | "int32" | "int64";

/** What KRE knows of a row, and what its values are. */
const fields: Readonly<Record<string, Kind>> = {
  asset: "text",
  product: "text",
  entered_date: "text",
  notes: "text",
  task_result: "text",
  client_name: "text",
  city: "text",
  state: "text",
  entered_date_n: "text",
  note_entered_by: "text",
  ticket_entered_date: "text",
  call_ticket_id: "int64",
  initial_note_ticket_creation: "text",
  detail_id: "int64",
  address1: "text",
  address2: "text",
  zip: "text",
  site_name: "text",
  note_type: "text",
  note_entered_date: "text",
  task_assigned_to: "text",
  task: "text",
  sla: "int32",
  ticket_status: "text",
};

/**
 * Turns rows as Bruin writes them (`Task Result`, `EnteredDate_N`) into KRE's. Keys that KRE does not know are left
 * out, and so is null. Numbers may be written as texts, as everywhere in JSON for protocol buffers, and the other way
 * round, because Bruin is not strict about it.
 */
export function ticketRowsOf(rows: readonly Readonly<Record<string, unknown>>[]): TicketRows {
  const converted: TicketRow[] = [];
  for (const [index, row] of rows.entries()) {
    const fit: Record<string, string | number> = {};
    for (const [key, value] of Object.entries(row)) {
      const name = fieldNameOf(key);
      const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (kind === undefined || value === null) continue;
      const valid = convert(kind, value);
      if (valid === undefined)
        return { ok: false, complaint: `body.ticket_rows.${index}.${key}: expected ${expected[kind]}` };
      fit[name] = valid;
    }
    converted.push(fit);
  }
  return { ok: true, rows: converted };
}

const expected: Readonly<Record<Kind, string>> = {
  text: "a text",
  int32: "a whole number of 32 bits",
  int64: "a whole number",
};

/** One word for each run of capitals or capitalised word; digits stay with the word before them. */
const WORDS = /[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+\d*|[A-Z]+\d*|\d+/g;

/** `Initial Note @ Ticket Creation` → `initial_note_ticket_creation`, `SLA` → `sla`, `DetailID` → `detail_id`. */
export function fieldNameOf(key: string): string {
  const letters = key.replace(/[^A-Za-z0-9]/g, "");
  return (letters.match(WORDS) ?? []).join("_").toLowerCase();
}

function convert(kind: Kind, value: unknown): string | number | undefined {
  if (kind === "text") return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
  if (!Number.isSafeInteger(number)) return undefined;
  return kind === "int64" || (number as number) === ((number as number) | 0) ? (number as number) : undefined;
}
