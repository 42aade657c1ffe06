import {
  appendTicketNote,
  changeTicketSeverity,
  createOutageTicket,
  getCustomerInfo,
  getInventoryAttributes,
  getSingleTicketBasic,
  getSite,
  getTicketContacts,
  getTicketDetails,
  getTicketsBasic,
  openTicketDetail,
  resolveTicketDetail,
  sendMilestoneEmail,
  unpauseTicketDetail,
} from "@trunkline/contracts";
import { thirdPartyConfig } from "@trunkline/http";
import { defineService, secret, text, url } from "@trunkline/service";
import { appendNote, findNote } from "./append-note.ts";
import { listTickets } from "./basic-tickets.ts";
import { createBruinClient } from "./bruin-client.ts";
import { getCustomers } from "./customer-info.ts";
import { findOpened, findResolved, openDetail, resolveDetail } from "./detail-status.ts";
import { getAttributes } from "./inventory-attributes.ts";
import { sendMilestone } from "./milestone-email.ts";
import { createTicket } from "./outage-ticket.ts";
import { findCreatedTicket } from "./outage-ticket-recovery.ts";
import { changeSeverity, findSeverity } from "./severity.ts";
import { getSingleTicket } from "./single-ticket.ts";
import { findSite } from "./site.ts";
import { listContacts } from "./ticket-contacts.ts";
import { getDetails } from "./ticket-details.ts";
import { unpauseAgain, unpauseDetail } from "./unpause.ts";

const origin = url({ protocols: ["https"] }).transform((address) => address.replace(/\/+$/, ""));

export const service = defineService({
  name: "bruin-bridge",
  summary: "Bruin's tickets, inventory, sites and contacts behind NATS subjects.",
  config: {
    ...thirdPartyConfig,
    BRUIN_BASE_URL: origin.describe("origin of Bruin's API, such as https://api.bruin.example.net"),
    BRUIN_LOGIN_URL: origin.describe("origin that issues Bruin's tokens, such as https://id.bruin.example.net"),
    BRUIN_CLIENT_ID: text().describe("client id of the automation's user in Bruin"),
    BRUIN_CLIENT_SECRET: secret().describe("client secret of the automation's user in Bruin"),
    IPA_SYSTEM_USERNAME_IN_BRUIN: text().describe(
      "display name of the automation's user in Bruin, as it stands in a ticket's createdBy",
    ),
  },
  serves: [
    appendTicketNote,
    changeTicketSeverity,
    createOutageTicket,
    getCustomerInfo,
    getInventoryAttributes,
    getSingleTicketBasic,
    getSite,
    getTicketContacts,
    getTicketDetails,
    getTicketsBasic,
    openTicketDetail,
    resolveTicketDetail,
    sendMilestoneEmail,
    unpauseTicketDetail,
  ],
  asks: [],
  publishes: [],
  consumes: [],
  redis: [],
  schedules: [],
  jobs: [],

  async start({ bus, config, logger, metrics, readyWhen, onStop }) {
    const bruin = createBruinClient({
      baseUrl: config.BRUIN_BASE_URL,
      loginUrl: config.BRUIN_LOGIN_URL,
      clientId: config.BRUIN_CLIENT_ID,
      clientSecret: config.BRUIN_CLIENT_SECRET,
      hostAliases: config.HOST_ALIASES,
      caFile: config.TLS_CA_FILE,
      logger,
      metrics,
    });
    const stopping = new AbortController();
    onStop(() => {
      stopping.abort();
      bruin.close();
    });
    readyWhen("login at Bruin", () => bruin.signedIn);
    void bruin.signIn(stopping.signal);

    await bus.serve(getTicketsBasic, listTickets(bruin));
    await bus.serve(getSingleTicketBasic, getSingleTicket(bruin));
    await bus.serve(getTicketDetails, getDetails(bruin));
    await bus.serve(getCustomerInfo, getCustomers(bruin));
    await bus.serve(getInventoryAttributes, getAttributes(bruin));
    await bus.serve(getSite, findSite(bruin));
    await bus.serve(getTicketContacts, listContacts(bruin));

    const ownUser = config.IPA_SYSTEM_USERNAME_IN_BRUIN;
    await bus.serve(createOutageTicket, createTicket(bruin), { recover: findCreatedTicket(bruin, ownUser) });
    await bus.serve(appendTicketNote, appendNote(bruin), { recover: findNote(bruin) });
    await bus.serve(openTicketDetail, openDetail(bruin), { recover: findOpened(bruin) });
    await bus.serve(resolveTicketDetail, resolveDetail(bruin), { recover: findResolved(bruin) });
    await bus.serve(unpauseTicketDetail, unpauseDetail(bruin), { recover: unpauseAgain });
    await bus.serve(changeTicketSeverity, changeSeverity(bruin), { recover: findSeverity(bruin) });
    await bus.serve(sendMilestoneEmail, sendMilestone(bruin));
  },
});
