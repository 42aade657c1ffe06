import { expect, it } from "vitest";
import { judgeName } from "./bridge-name.ts";
import { MissingAnchor, registrations } from "./registrations.ts";

const names = namesOf("acme");
const standIns = registrationOf("packages/sandbox/src/stand-ins/all.ts");

it.each([
  ["on one line", "return [...some(parts), other(parts)];", "return [...some(parts), other(parts), acmeStandIn()];"],
  [
    "over several lines",
    "return [\n  ...some(parts),\n  other(parts),\n];",
    "return [\n  ...some(parts),\n  other(parts), acmeStandIn()];",
  ],
])("a stand-in joins the list %s", (_how, before, after) => {
  expect(standIns.register(before, names)).toBe(`import { acmeStandIn } from "./acme.ts";\n${after}`);
});

it("a list of another shape is not guessed at", () => {
  expect(() => standIns.register("return makeAll(parts);", names)).toThrow(MissingAnchor);
});

it("contracts are exported by name", () => {
  const index = registrationOf("packages/contracts/src/index.ts");

  expect(index.register("export {};\n", names)).toBe(
    'export {};\nexport { type AcmeExample, acmeExample, getAcmeExample } from "./acme.ts";\n',
  );
});

function registrationOf(path: string) {
  const found = registrations.find((registration) => registration.path === path);
  if (found === undefined) throw new Error(`nothing is registered in ${path}`);
  return found;
}

function namesOf(name: string) {
  const verdict = judgeName(name, () => false);
  if (!verdict.ok) throw new Error(verdict.reason);
  return verdict.names;
}
