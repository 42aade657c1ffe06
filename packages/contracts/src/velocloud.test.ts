import { expect, test } from "vitest";
import {
  getLinksMetricInfo,
  getLinksWithEdgeInfo,
  requestEdgeEvents,
  requestEdgeLinksSeries,
  requestEnterpriseEvents,
  requestEnterprisesEdges,
  requestGatewayStatusMetrics,
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

test("an interval is handed on as it came, whatever it holds", () => {
  const interval = { start: "2022-06-03T09:30:00Z", end: null, type: "custom" };
  expect(getLinksMetricInfo.body.parse({ host: "vco1.example.net", interval })).toMatchObject({ interval });
});

test("metrics of a link come with the link and its edge", () => {
  const [row] = getLinksMetricInfo.reply.parse([
    { linkId: 9001, bestLatencyMsTx: 14.5, bestLossPctTx: "low", link: { host: "vco1.example.net", edgeId: 701 } },
  ]);
  expect(row).toMatchObject({ bestLatencyMsTx: 14.5, bestLossPctTx: null, link: { edgeId: 701, linkState: null } });
});

test("events of an enterprise need both dates", () => {
  const body = { host: "vco1.example.net", enterprise_id: "12", start_date: "2022-06-02 10:00:00+00:00" };
  expect(requestEnterpriseEvents.body.safeParse(body).success).toBe(false);
  expect(requestEnterpriseEvents.body.parse({ ...body, end_date: 1654250400000 })).toMatchObject({ enterprise_id: 12 });
});

test("a request for series shows what it should look like", () => {
  const { missingKey, missingKeys } = requestEdgeLinksSeries.complaints;
  const payload =
    "{'enterpriseId': 0, 'edgeId': 0, 'interval': {'start': 19191919, 'end': 19191999}, 'metrics': ['bytesTx', 'bytesRx']}";
  expect(missingKey).toBe(
    "Request's should look like {'response_topic': 'some_temp_topic', " +
      `'body': {'host': 'vco1.example.net', 'payload': ${payload}}}`,
  );
  expect(missingKeys?.metrics).toBe(`Request's payload should look like ${payload}`);
});

test("a series may have holes", () => {
  const series = [{ metric: "bytesRx", startTime: 1654250400000, tickInterval: 300000, data: [0, null, 990] }];
  const [link] = requestEdgeLinksSeries.reply.parse([{ linkId: 9001, edgeId: 701, link: { id: 9001 }, series }]);
  expect(link?.series).toEqual([{ ...series[0], total: null, min: null, max: null }]);
});

test("a gateway is named by its id, as a number or as its digits", () => {
  const body = { host: "vco1.example.net", gateway_id: "5", interval: { start: 1, end: 2 }, metrics: ["tunnelCount"] };
  expect(requestGatewayStatusMetrics.body.parse(body)).toEqual({ ...body, gateway_id: 5 });
});
