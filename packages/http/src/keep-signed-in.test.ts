import { expect, test } from "vitest";
import { keepSignedIn } from "./keep-signed-in.ts";

test("a service is ready from the first login on, and its end ends everything", () => {
  const conditions = new Map<string, () => boolean>();
  const releases: (() => void)[] = [];
  const log: string[] = [];
  const acme = {
    signedIn: false,
    async signIn(signal: AbortSignal) {
      log.push("signs in");
      signal.addEventListener("abort", () => log.push("gives up"));
    },
    close: () => void log.push("closed"),
  };
  keepSignedIn(acme, "a login at Acme", {
    readyWhen: (name, check) => void conditions.set(name, check),
    onStop: (release) => void releases.push(release),
  });
  const isReady = conditions.get("a login at Acme");
  expect(isReady?.()).toBe(false);
  acme.signedIn = true;
  expect(isReady?.()).toBe(true);
  for (const release of releases) release();
  expect(log).toEqual(["signs in", "gives up", "closed"]);
});
