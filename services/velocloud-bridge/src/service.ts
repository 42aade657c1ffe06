import {
  getLinksMetricInfo,
  getLinksWithEdgeInfo,
  requestEdgeEvents,
  requestEdgeLinksSeries,
  requestEnterpriseEvents,
  requestEnterprisesEdges,
  requestEnterprisesNames,
  requestGatewayStatusMetrics,
  requestLinksConfiguration,
  requestNetworkEnterpriseEdges,
  requestNetworkGatewayList,
} from "@trunkline/contracts";
import { thirdPartyConfig } from "@trunkline/http";
import { defineService } from "@trunkline/service";
import { velocloudCredentials } from "./credentials.ts";
import { enterpriseEdges } from "./enterprise-edges.ts";
import { enterpriseNames } from "./enterprise-names.ts";
import { edgeEvents, enterpriseEvents } from "./events.ts";
import { gatewayList } from "./gateway-list.ts";
import { gatewayMetrics } from "./gateway-metrics.ts";
import { linkMetrics } from "./link-metrics.ts";
import { linkSeries } from "./link-series.ts";
import { linkStatus } from "./link-status.ts";
import { linksConfiguration } from "./links-configuration.ts";
import { networkEdges } from "./network-edges.ts";
import { connectOrchestrator } from "./velocloud-client.ts";

/**
 * Each Orchestrator has a queue of its own, which bounds what it is asked at once. Requests have to get that far: one
 * that does not answer would else hold all places of a subject, and keep the others' requests waiting.
 */
const CROWD = { concurrency: 1_024 };

export const service = defineService({
  name: "velocloud-bridge",
  summary: "VeloCloud Orchestrators behind NATS subjects: edges, links, gateways, events, metrics and configuration.",
  config: {
    ...thirdPartyConfig,
    VELOCLOUD_CREDENTIALS: velocloudCredentials.describe("the Orchestrators to serve and how to sign in to each"),
  },
  serves: [
    getLinksWithEdgeInfo,
    getLinksMetricInfo,
    requestEdgeEvents,
    requestEnterpriseEvents,
    requestEnterprisesNames,
    requestEnterprisesEdges,
    requestEdgeLinksSeries,
    requestLinksConfiguration,
    requestNetworkEnterpriseEdges,
    requestNetworkGatewayList,
    requestGatewayStatusMetrics,
  ],
  asks: [],
  publishes: [],
  consumes: [],
  redis: [],
  schedules: [],
  jobs: [],
  async start({ config, bus, clock, logger, metrics, readyWhen, onStop }) {
    const connection = { hostAliases: config.HOST_ALIASES, caFile: config.TLS_CA_FILE, clock, logger, metrics };
    const all = config.VELOCLOUD_CREDENTIALS.map((credentials) => connectOrchestrator(credentials, connection));
    const orchestrators = new Map(all.map((orchestrator) => [orchestrator.host, orchestrator]));
    const stopping = new AbortController();
    onStop(() => {
      stopping.abort();
      for (const orchestrator of all) orchestrator.close();
    });

    // One Orchestrator that is down must not keep a new replica from serving the others.
    readyWhen("a login at VeloCloud", () => all.some(({ signedIn }) => signedIn));
    for (const orchestrator of all) void orchestrator.signIn(stopping.signal);

    await bus.serve(getLinksWithEdgeInfo, linkStatus(orchestrators), CROWD);
    await bus.serve(getLinksMetricInfo, linkMetrics(orchestrators), CROWD);
    await bus.serve(requestEdgeEvents, edgeEvents(orchestrators), CROWD);
    await bus.serve(requestEnterpriseEvents, enterpriseEvents(orchestrators), CROWD);
    await bus.serve(requestEnterprisesNames, enterpriseNames(orchestrators), CROWD);
    await bus.serve(requestEnterprisesEdges, enterpriseEdges(orchestrators), CROWD);
    await bus.serve(requestEdgeLinksSeries, linkSeries(orchestrators), CROWD);
    await bus.serve(requestLinksConfiguration, linksConfiguration(orchestrators), CROWD);
    await bus.serve(requestNetworkEnterpriseEdges, networkEdges(orchestrators), CROWD);
    await bus.serve(requestNetworkGatewayList, gatewayList(orchestrators), CROWD);
    await bus.serve(requestGatewayStatusMetrics, gatewayMetrics(orchestrators), CROWD);
  },
});
