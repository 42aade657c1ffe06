import type { World } from "@trunkline/sandbox";

/** An asset of a client whose site no ticket knows yet. */
export function freshAsset({ inventory, desk }: World) {
  const busy = new Set(desk.tickets().map(({ site }) => site));
  const asset = inventory.edgesOf(90_001).find(({ edge }) => !busy.has(edge.site));
  if (asset === undefined) throw new Error("every site has a ticket");
  return asset;
}

/** A ticket on a fresh asset. */
export function freshTicket(world: World) {
  const asset = freshAsset(world);
  const ticket = world.desk.open({ topic: "VOO", assets: [asset], description: "test" });
  const [detail] = ticket.details;
  if (detail === undefined) throw new Error("a ticket without details");
  return { asset, ticket, detail };
}
