/** A path that cannot be built; `message` names the part and says nothing of its value. */
export class BadPath extends Error {
  override readonly name = "BadPath";
}

/**
 * Fills a template such as `/api/Ticket/{ticketId}/notes`. Every part is encoded as one path segment: a slash, a
 * question mark or a hash in it stays inside it. Dots alone would climb out of the segment and cannot be encoded.
 */
export function fillPath(template: string, parts: Readonly<Record<string, string | number>> = {}): string {
  if (!template.startsWith("/") || template.startsWith("//"))
    throw new BadPath("a path template begins with one slash");
  const path = template.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => encodedPart(name, parts[name]));
  if (path.split("/").some(isDots)) throw new BadPath("a segment of the path is made of dots");
  return path;
}

function encodedPart(name: string, value: string | number | undefined): string {
  const text = value === undefined ? "" : String(value);
  if (text === "") throw new BadPath(`the path part ${name} is empty`);
  if (isDots(text)) throw new BadPath(`the path part ${name} is made of dots`);
  if (!text.isWellFormed()) throw new BadPath(`the path part ${name} is not well-formed Unicode`);
  return encodeURIComponent(text);
}

function isDots(segment: string): boolean {
  return segment === "." || segment === "..";
}
