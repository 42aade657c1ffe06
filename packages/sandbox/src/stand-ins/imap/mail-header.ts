/** Where the header of a mail ends and its text begins, in bytes. */
export function headerLength(source: Buffer): number {
  const end = source.indexOf("\r\n\r\n");
  return end === -1 ? source.length : end + 4;
}

/** The header's fields as they were written, folded lines included, in their order. */
export function headerFields(source: Buffer): { readonly name: string; readonly text: string }[] {
  const header = source.subarray(0, headerLength(source)).toString("latin1");
  return header
    .split(/\r\n(?![ \t])/)
    .filter((line) => line.includes(":"))
    .map((line) => ({ name: line.slice(0, line.indexOf(":")).trim().toUpperCase(), text: `${line}\r\n` }));
}

/** What a field says, on one line; empty when the mail has none of that name. */
export function fieldText(source: Buffer, name: string): string {
  const field = headerFields(source).find((each) => each.name === name.toUpperCase());
  return field === undefined
    ? ""
    : field.text
        .slice(field.text.indexOf(":") + 1)
        .replace(/\r\n[ \t]*/g, " ")
        .trim();
}
