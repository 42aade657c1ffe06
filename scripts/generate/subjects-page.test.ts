import { getLinksWithEdgeInfo, slackNotification } from "@trunkline/contracts";
import { expect, it } from "vitest";
import { subjectsPage } from "./subjects-page.ts";

const nothing = { summary: "", serves: [], asks: [], publishes: [], consumes: [] };
const bridge = { ...nothing, name: "velocloud-bridge", summary: "Edges and links.", serves: [getLinksWithEdgeInfo] };
const notifier = { ...nothing, name: "notifier", summary: "Slack.", consumes: [slackNotification] };
const monitor = { ...nothing, name: "monitor", asks: [getLinksWithEdgeInfo], publishes: [slackNotification] };

it("lists what each service answers, with those who use it", () => {
  const { path, text } = subjectsPage([bridge, monitor, notifier]);

  expect(path).toBe("docs/subjects.md");
  expect(text.match(/^## .*$/gm)).toEqual(["## notifier", "## velocloud-bridge"]);
  expect(text).toMatch(/^\| `get.links.with.edge.info` \| request, read, \d+ s \| .* \| monitor \|$/m);
  expect(text).toMatch(/^\| `notification.slack.request` \| message, kept in `NOTIFICATIONS` \| .* \| monitor \|$/m);
});

it("says when nobody here uses a subject", () => {
  expect(subjectsPage([bridge]).text).toContain("| none here |");
});
