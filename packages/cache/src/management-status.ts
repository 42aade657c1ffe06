/**
 * Whether a management status is one of these. Bruin's statuses hold an en dash, which people who type them into a
 * configuration write as a hyphen.
 */
export function isStatusAmong(status: string, statuses: readonly string[]): boolean {
  return statuses.some((each) => spelling(each) === spelling(status));
}

function spelling(status: string): string {
  return status
    .replaceAll(/\p{Pd}/gu, "-")
    .replaceAll(/\s+/g, " ")
    .trim();
}
