const kilobyte = 1024;

/** @param {number} bytes as people read it */
export function size(bytes) {
  if (bytes < kilobyte) return `${bytes} B`;
  if (bytes < kilobyte ** 2) return `${(bytes / kilobyte).toFixed(1)} KB`;
  return `${(bytes / kilobyte ** 2).toFixed(1)} MB`;
}
