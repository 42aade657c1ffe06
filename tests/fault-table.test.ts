import { expect, it } from "vitest";
import { faultPage } from "../scripts/faults/fault-page.ts";
import { problemsOf, runFaults } from "../scripts/faults/fault-run.ts";

/** FAULTS_OF=digi-bridge runs one bridge alone, and leaves the page as it is. */
const { FAULTS_OF: chosen } = process.env;

const rows = await runFaults(chosen);

it.each([...new Set(rows.map(({ service }) => service))])("every call of %s survives every fault", (service) => {
  expect(rows.filter((row) => row.service === service).flatMap(problemsOf)).toEqual([]);
});

if (chosen === undefined)
  it("the page shows the statuses", async () => {
    await expect(faultPage(rows)).toMatchFileSnapshot("../docs/fault-table.md");
  });
