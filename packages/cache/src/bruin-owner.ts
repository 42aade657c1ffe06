import { type CustomerInfo, getCustomerInfo } from "@trunkline/contracts";
import type { Ask } from "./ask-peers.ts";
import type { Crossing } from "./cross-each.ts";

/** Whose a serial is at Bruin: the first of the active inventory items that carry it. */
export interface Owner {
  readonly kind: "owner";
  readonly client: { readonly client_id: number; readonly client_name: string | null; readonly site_id: number | null };
  readonly inventories: readonly CustomerInfo[];
}

/** Asks Bruin whose a serial is. One that nobody has is left out. */
export async function askOwner(
  serial: string,
  ask: Ask<typeof getCustomerInfo>,
): Promise<Owner | Exclude<Crossing<never>, { kind: "entry" }>> {
  const customers = await ask(getCustomerInfo, { service_number: serial });
  if (!customers.ok) return { kind: "failed", failure: customers.failure };
  const [first] = customers.body;
  if (first === undefined || first.client_id === null) return { kind: "left-out" };
  const { client_id, client_name, site_id } = first;
  return { kind: "owner", client: { client_id, client_name, site_id }, inventories: customers.body };
}
