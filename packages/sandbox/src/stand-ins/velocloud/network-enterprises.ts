import { z } from "zod";
import type { Customer } from "../../world/model.ts";
import { edgeObject } from "./edge-object.ts";
import { customersOf, enterpriseName, type Method, parsed, partner } from "./method.ts";

const request = z.object({ enterprises: z.array(z.int()).default([]), with: z.array(z.string()).default([]) });

/** `network/getNetworkEnterprises`: the named enterprises, or all of the host; those it does not know are left out. */
export const networkEnterprises: Method = (world, host, body) => {
  const { enterprises, with: parts } = parsed(request, body);
  const wanted = new Set(enterprises);
  const now = world.clock.now();
  return customersOf(world, host)
    .filter(({ enterpriseId }) => wanted.size === 0 || wanted.has(enterpriseId))
    .map((customer) => {
      const edges = world.network.edgesOf(customer.enterpriseId);
      return {
        ...enterpriseObject(customer),
        edgeCount: edges.length,
        ...(parts.includes("edges") && { edges: edges.map((edge) => edgeObject(edge, now)) }),
      };
    });
};

const CREATED = "2019-03-04T15:00:00.000Z";

function enterpriseObject(customer: Customer) {
  const [contact] = customer.contacts;
  return {
    id: customer.enterpriseId,
    created: CREATED,
    networkId: 1,
    gatewayPoolId: 1,
    alertsEnabled: 1,
    operatorAlertsEnabled: 1,
    endpointPkiMode: "CERTIFICATE_OPTIONAL",
    name: enterpriseName(customer),
    domain: customer.domain,
    prefix: customer.domain.split(".")[0],
    logicalId: `enterprise-${customer.enterpriseId}`,
    accountNumber: `ACC-${customer.id}`,
    description: "",
    contactName: contact === undefined ? "" : `${contact.firstName} ${contact.lastName}`,
    contactPhone: contact?.phone ?? "",
    contactMobile: "",
    contactEmail: contact?.email ?? "",
    streetAddress: "",
    streetAddress2: "",
    city: "",
    state: "",
    postalCode: "",
    country: "US",
    timezone: "America/New_York",
    locale: "en-US",
    modified: CREATED,
    enterpriseProxyId: partner.id,
    enterpriseProxyName: partner.name,
  };
}
