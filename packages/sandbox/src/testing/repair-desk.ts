import type { Edge } from "../world/model.ts";
import type { World } from "../world/world.ts";
import type { BruinClient } from "./bruin-client.ts";
import type { ThirdPartyAnswer } from "./third-party-client.ts";

export interface RepairItem {
  ticketId: number;
  inventoryId: number;
  wtn: string;
  errorCode: number | null;
  errorMessage: string | null;
}

export interface DetailsAnswer {
  ticketDetails: { detailID: number; detailStatus: string; detailValue: string; currentTaskName: string }[];
  ticketNotes: { noteValue: string; serviceNumber: string[] | null; createdDate: string; creator: string }[];
}

/** Works on Bruin's tickets as the automation does, with fresh edges for every test. */
export function repairDesk(bruin: BruinClient, { network }: World) {
  const inUse = network.fleet.edges.filter(({ state }) => state === "CONNECTED");
  const neighbours = inUse.filter((edge) => inUse.some((other) => other !== edge && other.site === edge.site));
  const lonely = inUse.filter((edge) => !neighbours.includes(edge) && edge.links.length >= 2);

  async function repair(
    edge: Edge,
    interfaces: readonly string[] = [],
    serials = [edge.serial],
  ): Promise<RepairItem[]> {
    const answer = await repairRaw(edge, { WTNs: serials, WtnInterfaces: { [edge.serial]: interfaces } });
    return answer.json<{ items: RepairItem[] }>().items;
  }
  function repairRaw(edge: Edge, body: object): Promise<ThirdPartyAnswer> {
    const description = "Service Outage Trouble";
    return bruin.post("/api/Ticket/repair", { ClientID: edge.customer.id, RequestDescription: description, ...body });
  }
  async function details(ticketId: number): Promise<DetailsAnswer> {
    return (await bruin.get(`/api/Ticket/${ticketId}/details`)).json();
  }
  async function detailId(ticketId: number, serviceNumber: string): Promise<number> {
    const { ticketDetails } = await details(ticketId);
    return ticketDetails.find(({ detailValue }) => detailValue === serviceNumber)?.detailID ?? 0;
  }
  async function setStatus(ticketId: number, serviceNumber: string, body: object): Promise<ThirdPartyAnswer> {
    const id = await detailId(ticketId, serviceNumber);
    return bruin.put(`/api/Ticket/${ticketId}/details/${id}/status`, body);
  }
  async function basic(ticketId: number): Promise<{ ticketStatus: string; severity: number; createdBy: string }> {
    const answer = await bruin.get(`/api/Ticket/basic?TicketID=${ticketId}`);
    const [ticket] = answer.json<{ responses: { ticketStatus: string; severity: number; createdBy: string }[] }>()
      .responses;
    if (ticket === undefined) throw new Error(`no ticket ${ticketId}`);
    return ticket;
  }
  return {
    /** An edge with its site to itself and at least two links. */
    edge: () => taken(lonely.shift()),
    /** Two edges at one site. */
    neighbours(): [Edge, Edge] {
      const one = taken(neighbours.shift());
      const other = taken(neighbours.find(({ site }) => site === one.site));
      neighbours.splice(neighbours.indexOf(other), 1);
      return [one, other];
    },
    repair,
    repairRaw,
    details,
    detailId,
    basic,
    resolve: (ticketId: number, serviceNumber: string, interfaces: readonly string[] = []) =>
      setStatus(ticketId, serviceNumber, { Status: "R", Interfaces: interfaces }),
    unresolve: (ticketId: number, serviceNumber: string) => setStatus(ticketId, serviceNumber, { Status: "O" }),
  };
}

function taken<Item>(item: Item | undefined): Item {
  if (item === undefined) throw new Error("the fleet of this test is too small");
  return item;
}
