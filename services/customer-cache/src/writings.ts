import { cacheWritings } from "@trunkline/cache";
import type { Writing } from "@trunkline/service";
import { naming } from "./naming.ts";
import { snapshotTitles } from "./snapshot-mail.ts";

const host = "vco1.example.net";

/** Everything that the service writes for people. */
export const writings: readonly Writing[] = [
  ...cacheWritings(naming, host),
  {
    title: "Customer cache snapshots",
    where: "e-mail",
    when:
      "A host's list was replaced by one that says something else, beside times of contact: to " +
      "`DUPLICATE_INVENTORIES_RECIPIENT` where that is set. Two CSV files hold the list before and after.",
    example: () => {
      const { subject, names } = snapshotTitles({
        environment: "production",
        host,
        now: new Date("2026-03-02T15:00:21.000Z"),
      });
      return `Subject: ${subject}\n\n${names.before}\n${names.after}`;
    },
  },
];
