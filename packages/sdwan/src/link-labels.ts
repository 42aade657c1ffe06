/**
 * Whether a label marks a link of business grade, such as `DIA` or `MPLS`. Upper and lower case differ: carriers write
 * the grade in capitals, and "media" or "Claudia" hold the letters too.
 */
export function isBusinessGrade(label: string | null, grades: readonly string[]): boolean {
  return label !== null && grades.some((grade) => label.includes(grade));
}

/** Whether a label says that the customer brings the circuit ("BYOB"), in whatever spelling of upper and lower case. */
export function isCustomerOwned(label: string | null, markers: readonly string[]): boolean {
  const text = label?.toLowerCase();
  return text !== undefined && markers.some((marker) => text.includes(marker.toLowerCase()));
}
