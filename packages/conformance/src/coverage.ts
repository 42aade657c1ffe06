import type { Vector } from "./vectors.ts";

/** @returns what is missing: each subject has a vector that succeeds and one that does not, and no vector is another's */
export function gapsIn(vectors: readonly Vector[], subjects: readonly string[]): string[] {
  const strangers = vectors.filter(({ subject }) => !subjects.includes(subject));
  const gaps = subjects.flatMap((subject) => {
    const replies = vectors.filter((vector) => vector.subject === subject).map(({ reply }) => reply?.status);
    // A message that nobody answers succeeds when the third party is told.
    const succeeds = replies.some((status) => status === undefined || isSuccess(status));
    const fails = replies.some((status) => status === undefined || !isSuccess(status));
    return [
      ...(succeeds ? [] : [`${subject} has no vector that succeeds`]),
      ...(fails ? [] : [`${subject} has no vector that fails`]),
    ];
  });
  return [...gaps, ...strangers.map(({ name, subject }) => `"${name}" is for ${subject}, which is not served`)];
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
