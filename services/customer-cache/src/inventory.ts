import { isStatusAmong } from "@trunkline/cache";
import type { CachedLogicalId, EnterpriseEdgeLink, InventoryAttributes } from "@trunkline/contracts";

/** A link by the names that it goes by at VeloCloud. */
export type NamedLink = Pick<EnterpriseEdgeLink, "interface" | "logicalId">;

export interface MonitoringRules {
  /** Management statuses that put an edge under monitoring. */
  readonly statuses: readonly string[];
  /** Clients whose edges are not monitored while they are `Pending`. */
  readonly notWhilePending: readonly number[];
}

/** Whether Bruin wants an asset of this client monitored. */
export function isMonitored(
  attributes: InventoryAttributes,
  clientId: number,
  { statuses, notWhilePending }: MonitoringRules,
): boolean {
  const status = attributeOf(attributes, "Management Status");
  if (status === null || !isStatusAmong(status, statuses)) return false;
  return !(isStatusAmong(status, ["Pending"]) && notWhilePending.includes(clientId));
}

/** How Bruin knows a link: by its interface, as `GE1 Access Type` and `GE1 Service Number`. */
export function logicalIdOf(link: NamedLink, attributes: InventoryAttributes): CachedLogicalId {
  return {
    interface_name: link.interface,
    logical_id: link.logicalId,
    access_type: attributeOf(attributes, `${link.interface} Access Type`),
    service_number: attributeOf(attributes, `${link.interface} Service Number`),
  };
}

function attributeOf({ attributes }: InventoryAttributes, key: string): string | null {
  return attributes.find((attribute) => attribute.key === key)?.value ?? null;
}
