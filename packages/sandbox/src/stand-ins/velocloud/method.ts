import type { z } from "zod";
import type { Customer, Edge } from "../../world/model.ts";
import type { World } from "../../world/world.ts";

/** One method of an Orchestrator's API: reads the body and answers what becomes JSON. */
export type Method = (world: World, host: string, body: unknown) => unknown;

/** The Orchestrator refuses a request with HTTP 400. */
export class VcoError extends Error {
  override readonly name = "VcoError";
  /** The part of the request that is wrong, where one is. */
  readonly path: string | undefined;

  constructor(path?: string) {
    super("An error occurred while processing your request");
    this.path = path;
  }
}

export function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new VcoError(result.error.issues[0]?.path.join(".") || "body");
}

export function customersOf(world: World, host: string): Customer[] {
  return world.network.fleet.customers.filter((customer) => customer.host === host);
}

/** The customer behind an enterprise id; an Orchestrator knows only its own. */
export function customerOf(world: World, host: string, enterpriseId: number): Customer {
  const customer = customersOf(world, host).find((each) => each.enterpriseId === enterpriseId);
  if (customer === undefined) throw new VcoError("enterpriseId");
  return customer;
}

/** An edge of that customer. */
export function edgeOf(world: World, { enterpriseId }: Customer, id: number): Edge {
  const edge = world.network.edgeById(id);
  if (edge?.customer.enterpriseId !== enterpriseId) throw new VcoError("edgeId");
  return edge;
}

/** `<customer name>|<Bruin client id>|`, the desk's convention. */
export function enterpriseName({ name, id }: Customer): string {
  return `${name}|${id}|`;
}

/** The partner that runs every enterprise of this world: the desk itself. */
export const partner = { id: 3, name: "Trunkline Support Desk" };
