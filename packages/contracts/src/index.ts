export {
  getCustomerByPhoneNumber,
  getCustomerInfo,
  getSite,
  getTicketContacts,
} from "./bruin-customers.ts";
export { changeTicketWork, openTicketDetail, resolveTicketDetail, unpauseTicketDetail } from "./bruin-details.ts";
export {
  linkTicketToEmail,
  markEmailDone,
  replyToEmail,
  sendMilestoneEmail,
  setEmailStatus,
  tagEmail,
} from "./bruin-emails.ts";
export {
  getAssetTopics,
  getCircuit,
  getInventoryAttributes,
  getManagementStatus,
  getSerialNumber,
} from "./bruin-inventory.ts";
export {
  type AssetTopics,
  type BasicTicket,
  basicTicket,
  type Circuit,
  type CustomerInfo,
  customerInfo,
  type InventoryAttributes,
  inventoryAttributes,
  type LongTicket,
  longTicket,
  type NextResults,
  nextResults,
  type OutageCreation,
  type OutageItem,
  outageCreation,
  outageErrorCodes,
  outageItem,
  type PhoneLine,
  type Site,
  site,
  type TaskHistoryEvent,
  type TicketContact,
  type TicketDetail,
  type TicketDetails,
  type TicketNote,
  taskHistoryEvent,
  ticketContact,
  ticketDetail,
  ticketDetails,
  ticketNote,
  type WrittenNote,
  writtenNote,
} from "./bruin-rows.ts";
export {
  appendTicketNote,
  appendTicketNotes,
  changeTicketSeverity,
  closeTicket,
  subscribeUser,
} from "./bruin-ticket-changes.ts";
export { createOutageTicket, createTicket } from "./bruin-ticket-creation.ts";
export {
  getDetailIds,
  getNextResults,
  getSingleTicketBasic,
  getTaskHistory,
  getTicketDetails,
  getTicketOverview,
  getTickets,
  getTicketsBasic,
} from "./bruin-ticket-queries.ts";
export type {
  BodyOf,
  Complaints,
  Contract,
  Effect,
  MessageContract,
  ParsedBodyOf,
  ReplyOf,
  RequestContract,
} from "./contract.ts";
export { contractsOf } from "./contract.ts";
export {
  type CachedContact,
  type CachedEdge,
  type CachedLogicalId,
  type CachedSite,
  cachedContact,
  cachedEdge,
  cachedLogicalId,
  cachedSite,
  type EdgeIdentity,
  edgeIdentity,
  getCustomerCache,
} from "./customer-cache.ts";
export { type DigiRecoveryLog, digiRecoveryLog, digiRecoveryLogs, getDigiRecoveryLogs, rebootDigi } from "./digi.ts";
export { requestDriParameters } from "./dri.ts";
export {
  type HawkeyeMetric,
  type HawkeyeProbe,
  type HawkeyeTestResult,
  hawkeyeMetric,
  hawkeyeProbe,
  hawkeyeTestResult,
  requestProbes,
  requestTestResults,
} from "./hawkeye.ts";
export { type CachedProbe, cachedProbe, getHawkeyeCustomerCache } from "./hawkeye-customer-cache.ts";
export {
  type EmailFile,
  emailFile,
  emailNotification,
  getEmails,
  markEmailRead,
  type ReceivedEmail,
  receivedEmail,
  slackNotification,
  smsRequest,
} from "./notifier.ts";
export { pythonRepr } from "./python-repr.ts";
export { type SmsEncoding, type SmsParts, smsParts } from "./sms-parts.ts";
export {
  type AssetPredictions,
  assetPredictions,
  requestPrediction,
  saveAutomationMetrics,
  saveLiveAutomationMetrics,
  type T7Prediction,
  t7Prediction,
} from "./t7.ts";
export { outageForwardDone } from "./task-dispatcher.ts";
export { parseTicketDate } from "./ticket-date.ts";
export {
  type EdgeEvent,
  type EdgeLinkSeries,
  type EnterpriseEdgeLink,
  type EnterpriseEdgeRow,
  edgeEvent,
  edgeLinkSeries,
  enterpriseEdgeLink,
  enterpriseEdgeRow,
  type GatewayRow,
  gatewayRow,
  getLinksMetricInfo,
  getLinksWithEdgeInfo,
  type LinkMetricsRow,
  type LinkSeries,
  type LinkStatusRow,
  linkMetricsRow,
  linkSeries,
  linkStatusRow,
  type NetworkEdgeRow,
  networkEdgeRow,
  requestEdgeEvents,
  requestEdgeLinksSeries,
  requestEnterpriseEvents,
  requestEnterprisesEdges,
  requestEnterprisesNames,
  requestGatewayStatusMetrics,
  requestLinksConfiguration,
  requestNetworkEnterpriseEdges,
  requestNetworkGatewayList,
  type WanLink,
  wanLink,
} from "./velocloud.ts";
export { parseWireDate, wireDate, wireId } from "./wire.ts";
