import { z } from "zod";
import { anyId, filter, queryValue, request, serviceNumber } from "./bruin-request.ts";
import { assetTopics, circuit, inventoryAttributes } from "./bruin-rows.ts";
import { wireId } from "./wire.ts";

const asset = z
  .object({
    client_id: queryValue,
    status: z.string().min(1).describe("A: active, D: decommissioned, S: suspended"),
    service_number: serviceNumber,
  })
  .catchall(filter);

const assetComplaints = {
  noBody: 'You must specify {.."body":{"client_id", "status", "service_number"}...} in the request',
  missingKey: 'You must specify "client_id", "status", "service_number" in the filter',
};

export const getInventoryAttributes = request({
  subject: "bruin.inventory.attributes",
  effect: "read",
  timeoutSeconds: 90,
  description: "The attributes of one asset.",
  body: asset,
  reply: inventoryAttributes,
  complaints: assetComplaints,
});

export const getSerialNumber = request({
  subject: "bruin.inventory.attributes.serial",
  effect: "read",
  timeoutSeconds: 120,
  description: "The serial number among an asset's attributes; null when it has none.",
  body: asset,
  reply: z.string().nullable().catch(null),
  complaints: assetComplaints,
});

export const getManagementStatus = request({
  subject: "bruin.inventory.management.status",
  effect: "read",
  timeoutSeconds: 90,
  description: "The management status among an asset's attributes, such as Pending; null when it has none.",
  body: asset,
  reply: z.string().nullable().catch(null),
  complaints: assetComplaints,
});

export const getCircuit = request({
  subject: "bruin.get.circuit.id",
  effect: "read",
  timeoutSeconds: 120,
  description: "The line and client that a circuit belongs to; status 204 and a text when nobody knows the circuit.",
  body: z.object({ circuit_id: anyId, client_id: queryValue.nullish() }).catchall(filter),
  reply: z.union([circuit, z.string()]),
  complaints: {
    noBody: 'You must specify {.."body":{"circuit_id"}...} in the request',
    missingKey: 'You must specify "circuit_id" in the body',
  },
});

export const getAssetTopics = request({
  subject: "bruin.get.asset.topics",
  effect: "read",
  timeoutSeconds: 90,
  description: "The kinds of ticket that may be opened for an asset.",
  body: z.object({ client_id: wireId, service_number: serviceNumber }).catchall(filter),
  reply: assetTopics,
  complaints: {
    noBody: 'Must include {.."body":{"client_id", "service_number"}, ..} in request',
    missingKey: "You must include 'client_id' and 'service_number' in the 'body' field of the response request",
    wrongKeys: {
      client_id: "body.client_id should be an int",
      service_number: "body.service_number can't be empty",
    },
  },
});
