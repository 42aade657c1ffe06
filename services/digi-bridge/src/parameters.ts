/**
 * Parameters as DiGi takes them: HTTP headers named in its own style, `velo_serial` → `VeloSerial`. What is undefined
 * is left out.
 */
export function asHeaders(parameters: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== undefined) headers[headerName(key)] = value;
  }
  return headers;
}

/** A word in capitals stays as it is: `MAC`. */
function headerName(key: string): string {
  if (key === key.toUpperCase()) return key;
  return key
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** A moment as DiGi reads it, in UTC: `2022-06-01 16:08:26.000000+00:00`. */
export function asTimestamp(moment: Date): string {
  return `${moment.toISOString().slice(0, 23).replace("T", " ")}000+00:00`;
}
