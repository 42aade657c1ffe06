import { Parser } from "@asyncapi/parser";
import { getLinksWithEdgeInfo, slackNotification } from "@trunkline/contracts";
import { expect, it } from "vitest";
import { serviceCatalogue } from "../demo/service-catalogue.ts";
import { asyncapi } from "./asyncapi.ts";

const nothing = { summary: "", serves: [], asks: [], publishes: [], consumes: [] };
const bridge = { ...nothing, name: "velocloud-bridge", serves: [getLinksWithEdgeInfo] };
const monitor = { ...nothing, name: "monitor", asks: [getLinksWithEdgeInfo], publishes: [slackNotification] };

async function parsed(text: string) {
  const { document, diagnostics } = await new Parser().parse(text);
  // Hints for the author of a document, such as a contact that could be given, are none of its faults.
  const faults = diagnostics.filter(({ severity }) => severity <= 1);
  expect(faults.map(({ path, message }) => `${path.join("/")}: ${message}`)).toEqual([]);
  if (document === undefined) throw new Error("no document");
  return document;
}

it("is valid AsyncAPI 3 for the whole engine, and leaves no subject out", async () => {
  const definitions = (await serviceCatalogue()).map(({ definition }) => definition);

  const document = await parsed(asyncapi(definitions).text);

  const subjects = document
    .channels()
    .all()
    .map((channel) => channel.address());
  const expected = definitions.flatMap(({ serves, consumes, asks, publishes }) =>
    [...serves, ...consumes, ...asks, ...publishes].map(({ subject }) => subject),
  );
  expect(new Set(subjects)).toEqual(new Set([...expected, null]));
});

it("says who receives a request, in which queue group, and what is replied to whom", async () => {
  const document = await parsed(asyncapi([monitor, bridge]).text);
  const operations = document.operations();

  const served = operations.get("velocloud-bridge.receive.get.links.with.edge.info");
  expect(served?.bindings().get("nats")?.value()).toMatchObject({ queue: getLinksWithEdgeInfo.queueGroup });
  expect(
    served
      ?.reply()
      ?.messages()
      .all()
      .map((reply) => reply.title()),
  ).toEqual(["Reply to get.links.with.edge.info"]);
  const asked = operations.get("monitor.send.get.links.with.edge.info");
  expect(asked?.isSend()).toBe(true);
  expect(asked?.reply()?.channel()?.address()).toBeNull();
});

it("has the headers of a stored message", async () => {
  const document = await parsed(asyncapi([monitor]).text);

  const headers = document.messages().get("notification.slack.request")?.headers()?.properties() ?? {};
  expect(Object.keys(headers)).toEqual(["Nats-Msg-Id", "Trunkline-Request-Id", "traceparent", "tracestate"]);
});
