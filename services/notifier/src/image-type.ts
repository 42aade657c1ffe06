const signatures: readonly (readonly [type: string, offset: number, bytes: string])[] = [
  ["image/png", 0, "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", 0, "\xff\xd8\xff"],
  ["image/gif", 0, "GIF8"],
  ["image/webp", 8, "WEBP"],
  ["image/bmp", 0, "BM"],
  ["image/tiff", 0, "II*\0"],
  ["image/tiff", 0, "MM\0*"],
];

/** The type of an image by how it begins; undefined for what begins like none. */
export function imageType(content: Buffer): string | undefined {
  const beginning = content.subarray(0, 16).toString("latin1");
  return signatures.find(([, offset, bytes]) => beginning.startsWith(bytes, offset))?.[0];
}
