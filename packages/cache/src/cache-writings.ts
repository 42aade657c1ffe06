import { customerInfo } from "@trunkline/contracts";
import type { Writing } from "@trunkline/service";
import { type DuplicateInventories, duplicatesMail, duplicatesMessage } from "./duplicate-inventories.ts";
import type { Naming } from "./naming.ts";
import { collectProblems } from "./problems.ts";
import { refreshMessage } from "./refresh-report.ts";

const now = new Date("2026-03-02T15:00:21.000Z");
const environment = "production";
const facts = { builtAt: new Date("2026-03-02T11:00:21.000Z"), entries: 412 };

const duplicates: DuplicateInventories = new Map([
  [
    "VC0500001234",
    [4101, 4102].map((site_id) => customerInfo.parse({ client_id: 501, client_name: "Acme Foods", site_id })),
  ],
]);

/** What every cache tells people. @param list one that its examples are about */
export function cacheWritings(naming: Naming, list: string): readonly Writing[] {
  return [
    {
      title: "A refresh with problems",
      where: "Slack",
      when: "A bridge did not answer for everything; the same problems are told once in a `REFRESH_JOB_INTERVAL`.",
      next: "What could not be read anew is kept as before, and the refresh is repeated earlier than usual.",
      example: () => {
        const problems = collectProblems(naming.nouns);
        problems.failed({ subject: "bruin.customer.get.info", status: 503, transient: true }, "VC0500001234");
        problems.stale("VC0500001234", true);
        return refreshMessage(
          naming.titleOf(list),
          { environment, naming },
          { entries: 412, facts, lines: problems.lines() },
        );
      },
    },
    {
      title: "A refresh that failed",
      where: "Slack",
      when: "Nothing new could be built; told once in a `REFRESH_JOB_INTERVAL`.",
      next: "The list of before goes on answering, and the refresh stays due.",
      example: () => {
        const problems = collectProblems(naming.nouns);
        problems.failed({ subject: "bruin.customer.get.info", status: 503, transient: true });
        return refreshMessage(
          naming.titleOf(list),
          { environment, naming },
          { entries: undefined, facts, lines: problems.lines() },
        );
      },
    },
    {
      title: "Serials with several inventory items",
      where: "Slack",
      when: "Bruin has several active inventory items for a serial: told when they change, and once a day while they stay.",
      next: "The first item is used. Somebody has to settle at Bruin which one is right.",
      example: () => duplicatesMessage(duplicates, naming),
    },
    {
      title: "Serials with several inventory items",
      where: "e-mail",
      when: "The same, to `DUPLICATE_INVENTORIES_RECIPIENT` where that is set.",
      example: () => {
        const { subject, text } = duplicatesMail(duplicates, now);
        return `Subject: ${subject}\n\n${text}`;
      },
    },
  ];
}
