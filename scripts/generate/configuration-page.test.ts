import { flag, secret, text } from "@trunkline/service";
import { expect, it } from "vitest";
import { configurationPage } from "./configuration-page.ts";

const acme = {
  name: "acme-bridge",
  summary: "Acme behind NATS subjects.",
  config: {
    ACME_URL: text().describe("where Acme is"),
    ACME_KEY: secret().describe("the key"),
    ACME_MODE: text().default("a|b").describe("how"),
    ACME_TRACE: flag().optional().describe("whether to trace"),
  },
  redis: [],
};

it("has a table of what every service reads and one of what each reads on its own", () => {
  const { path, text: page } = configurationPage([{ ...acme, name: "zebra", config: {}, redis: [] }, acme]);

  expect(path).toBe("docs/configuration.md");
  expect(page.match(/^## .*$/gm)).toEqual(["## Every service", "## acme-bridge", "## zebra"]);
  expect(page.match(/`NATS_SERVER1`/g)).toHaveLength(1);
  expect(page).toContain("| `ACME_URL` | where Acme is | a text | required |");
  expect(page).toContain("| `ACME_TRACE` | whether to trace | true or false | none |");
  expect(page).toContain("No variables of its own.");
});

it("shows no secret and keeps the table's columns apart", () => {
  const { text: page } = configurationPage([acme]);

  expect(page).toContain("| `ACME_KEY` | the key | a secret text | required, secret |");
  expect(page).toContain("| `ACME_MODE` | how | a text | `a\\|b` |");
});
