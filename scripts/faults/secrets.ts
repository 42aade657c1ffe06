import type { VectorFile } from "@trunkline/conformance";

const SECRET_NAME = /PASSWORD|SECRET|TOKEN|CREDENTIAL|KEY|SID|CLIENT_ID|WEBHOOK|ACCOUNTS/;
/** Shorter ones would be found in ordinary words. */
const SHORTEST = 6;

/** Texts that a bridge has to keep to itself: what it signs in with, and what it gets for that. */
export function secretsIn(env: Readonly<Record<string, string>>, { session }: VectorFile): string[] {
  const configured = Object.entries(env).filter(([name]) => SECRET_NAME.test(name));
  const texts = [
    ...configured.map(([, value]) => value),
    ...session.flatMap(({ exchange }) => textsIn(answerOf(exchange))),
  ];
  const parts = texts.flatMap((text) => text.split(/[^\w.@-]+/));
  return [...new Set(parts)].filter(
    (part) => part.length >= SHORTEST && !/example|^bearer$|^session$|\.session$|^services$/i.test(part),
  );
}

function answerOf(exchange: unknown): unknown {
  return typeof exchange === "object" && exchange !== null && "response" in exchange ? exchange.response : undefined;
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/**
 * What tells of the inside of a program: stack traces, modules, addresses. The code of a failed connection does not:
 * ECONNREFUSED says what happened on the way to the third party.
 */
const INTERNALS = /\bat [\w.<>]+ \(|node:|node_modules|file:\/\/|127\.0\.0\.1|\.invalid\b|TypeError|ZodError/;

/** @returns what a text gives away; undefined when it is discreet */
export function leakIn(text: string, secrets: readonly string[]): string | undefined {
  const secret = secrets.find((each) => text.includes(each));
  // The secret itself has no place in a report either.
  return secret === undefined ? undefined : `a secret (${secret.slice(0, 3)}…)`;
}

/** @returns what a reply tells of the inside of the bridge; undefined when it tells nothing */
export function internalsIn(text: string): string | undefined {
  return INTERNALS.exec(text)?.[0];
}
