import { customersOf, enterpriseName, type Method } from "./method.ts";

/** `monitoring/getAggregates`, which the vendor's description leaves out: how many edges are in which state, and whose. */
export const aggregates: Method = (world, host) => {
  const customers = customersOf(world, host);
  const edges = customers.flatMap(({ enterpriseId }) => world.network.edgesOf(enterpriseId));
  const states: Record<string, number> = {};
  for (const { state } of edges) states[state] = (states[state] ?? 0) + 1;
  return {
    edgeCount: edges.length,
    edges: states,
    enterprises: customers.map((customer) => ({
      id: customer.enterpriseId,
      name: enterpriseName(customer),
      edgeCount: world.network.edgesOf(customer.enterpriseId).length,
    })),
  };
};
