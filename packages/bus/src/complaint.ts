import type { Complaints } from "@trunkline/contracts";
import type { z } from "zod";
import { fieldErrors } from "./field-errors.ts";
import { valueAt } from "./value-at.ts";

const NO_BODY = 'Must include "body" in request';

/**
 * The body of a 400: what existing requesters know where the contract has a text or a list for it, else the first
 * field that is wrong and why, such as `body.ticket_id: expected number, received string`.
 */
export function complaintAbout(complaints: Complaints, body: unknown, error: z.ZodError): unknown {
  if (complaints.model !== undefined) return fieldErrors(complaints.model, body, error);
  if (body === undefined || body === null) return complaints.noBody ?? NO_BODY;
  if (complaints.emptyBody !== undefined && isEmpty(body)) return complaints.emptyBody;
  const issue = error.issues[0];
  if (issue === undefined) return "body: not valid";
  return aboutKey(complaints, body, issue.path) ?? describeIssue("body", issue);
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

function aboutKey(complaints: Complaints, body: unknown, path: readonly PropertyKey[]): string | undefined {
  const value = valueAt(body, path);
  const key = String(path.at(-1));
  if (value === null && complaints.nullKey !== undefined) return complaints.nullKey;
  if (value !== null && value !== undefined && complaints.wrongKeys?.[key] !== undefined) {
    return complaints.wrongKeys[key];
  }
  if (path.length === 0 || !isBlank(value)) return undefined;
  return complaints.missingKeys?.[key] ?? complaints.missingKey;
}

function isEmpty(body: unknown): boolean {
  return typeof body === "object" && body !== null && Object.keys(body).length === 0;
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
