import type { Complaints } from "@trunkline/contracts";
import type { z } from "zod";

const NO_BODY = 'Must include "body" in request';

/**
 * The text of a 400: what existing requesters know where the contract has a text for it, else the first field that
 * is wrong and why, such as `body.ticket_id: expected number, received string`.
 */
export function complaintAbout(complaints: Complaints, body: unknown, error: z.ZodError): string {
  if (body === undefined || body === null) return complaints.noBody ?? NO_BODY;
  const issue = error.issues[0];
  if (issue === undefined) return "body: not valid";
  return aboutMissingKey(complaints, body, issue.path) ?? describeIssue("body", issue);
}

/** The first thing that is wrong with a value, by its path below `root`. */
export function firstIssue(root: string, error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? `${root}: not valid` : describeIssue(root, issue);
}

function describeIssue(root: string, issue: z.core.$ZodIssue): string {
  const path = [root, ...issue.path.map(String)].join(".");
  return `${path}: ${issue.message.replace(/^Invalid input: /, "")}`;
}

function aboutMissingKey(complaints: Complaints, body: unknown, path: readonly PropertyKey[]): string | undefined {
  const value = valueAt(body, path);
  const key = path.at(-1);
  if (value === null && complaints.nullKey !== undefined) return complaints.nullKey;
  if (path.length === 0 || !isBlank(value)) return undefined;
  return complaints.missingKeys?.[String(key)] ?? complaints.missingKey;
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
