import { expect, test } from "vitest";
import { type Crossing, crossEach } from "./cross-each.ts";
import { collectProblems } from "./problems.ts";
import { naming } from "./testing/probe.ts";

const away = { subject: "bruin.get.site", status: 504, transient: true };
const item = (client_id: number) => ({ client_id, client_name: null, site_id: 1 });
const entry = (text: string, inventories = [item(1)]): Crossing<string> => ({
  kind: "entry",
  entry: text,
  inventories,
});

async function crossed(crossings: Record<string, Crossing<string>>, before: Record<string, string> = {}) {
  const problems = collectProblems(naming.nouns);
  const items = Object.keys(crossings).map((serial) => ({ serial }));
  const built = await crossEach(items, {
    problems,
    cross: async ({ serial }) => crossings[serial] ?? { kind: "left-out" },
    asBefore: ({ serial }) => before[serial],
  });
  return { ...built, problems };
}

test("entries keep their order; what is left out leaves, what failed stays as it was", async () => {
  const { entries, problems } = await crossed(
    {
      P1: entry("one"),
      P2: { kind: "left-out" },
      P3: { kind: "failed", failure: away },
      P4: { kind: "failed", failure: away },
      P5: entry("five"),
    },
    { P2: "two before", P3: "three before" },
  );
  expect(entries).toEqual(["one", "three before", "five"]);
  expect(problems.lines()).toEqual([
    "bruin.get.site answered 504 for 2 probes (P3, P4)",
    "1 probe (P3) kept as before",
    "1 probe (P4) not monitored until a refresh succeeds",
  ]);
});

test("gaps of an entry are problems, several inventory items are handed on", async () => {
  const { entries, duplicates, problems } = await crossed({
    P1: { kind: "entry", entry: "one", inventories: [item(1)], gaps: [away] },
    P2: entry("two", [item(1), item(2)]),
  });
  expect(entries).toEqual(["one", "two"]);
  expect(duplicates).toEqual(new Map([["P2", [item(1), item(2)]]]));
  expect(problems.lines()).toEqual(["bruin.get.site answered 504 for 1 probe (P1)"]);
});

test("no more than eight are crossed at once", async () => {
  let atOnce = 0;
  let most = 0;
  const items = Array.from({ length: 100 }, (_, index) => ({ serial: `P${index}` }));
  await crossEach<{ serial: string }, string>(items, {
    problems: collectProblems(naming.nouns),
    async cross({ serial }) {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
      return entry(serial);
    },
    asBefore: () => undefined,
  });
  expect(most).toBe(8);
});
