import { expect, test } from "vitest";
import {
  getLinksWithEdgeInfo,
  requestEdgeEvents,
  requestEnterprisesEdges,
  requestLinksConfiguration,
} from "./velocloud.ts";

test("a link row keeps keys that it does not name and fills in what the Orchestrator leaves out", () => {
  const [row] = getLinksWithEdgeInfo.reply.parse([
    { host: "vco1.example.net", linkState: "STABLE", edgeLatitude: 40.1 },
  ]);
  expect(row).toMatchObject({ linkState: "STABLE", edgeLatitude: 40.1, edgeSerialNumber: null, edgeId: null });
});

test("an event request takes ids as numbers or as their digits and hands dates on untouched", () => {
  const body = requestEdgeEvents.body.parse({
    edge: { host: "vco1.example.net", enterprise_id: "12", edge_id: 701 },
    start_date: "2022-06-02 10:00:00+00:00",
    end_date: 1654250400000,
  });
  expect(body).toEqual({
    edge: { host: "vco1.example.net", enterprise_id: 12, edge_id: 701 },
    start_date: "2022-06-02 10:00:00+00:00",
    end_date: 1654250400000,
  });
});

test("an edge without links has an empty list of them", () => {
  expect(requestEnterprisesEdges.reply.parse([{ id: 701 }])[0]).toMatchObject({ id: 701, links: [] });
});

test("a request may carry keys beside those that are needed", () => {
  const body = { host: "vco1.example.net", enterprise_id: 12, edge_id: 701, enterprise_name: "Acme Retail|90001|" };
  expect(requestLinksConfiguration.body.parse(body)).toEqual(body);
});

test.each([{}, { host: "" }, { host: 5 }])("%j is no request for links", (body) => {
  expect(getLinksWithEdgeInfo.body.safeParse(body).success).toBe(false);
});
