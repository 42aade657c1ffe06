import type { SandboxClient, WorldEdge } from "../demo/sandbox-client.ts";
import { until } from "../demo/until.ts";

const patienceMs = 120_000;

/** Breaks a link, an edge and, for a moment only, another link, and waits for tickets with notes and for Slack. */
export async function setScene(client: SandboxClient): Promise<void> {
  const edges = (await client.edges()).filter(({ state, haSerial }) => state === "CONNECTED" && haSerial === null);
  const [linkDown, edgeDown, second] = oneOfEachCustomer(edges);
  if (linkDown === undefined || edgeDown === undefined || second === undefined)
    throw new Error("the fleet is too small");
  await client.failLink(linkDown.serial, firstLink(linkDown));
  await client.failEdge(edgeDown.serial);
  await client.failLink(second.serial, firstLink(second));
  const concerned = [linkDown, edgeDown, second].map(({ serial }) => serial);

  await until("a ticket with a note for each outage", patienceMs, async () => {
    const tickets = await client.tickets();
    return concerned.every((serial) =>
      tickets.some(({ notes, details }) => notes.length > 0 && details.some((each) => each.serviceNumber === serial)),
    );
  });
  await until("Slack to be told of them", patienceMs, async () => (await client.messages("slack")).length >= 3);
}

/** The first edges of a customer come first on the page, where the picture shows them. */
function oneOfEachCustomer(edges: readonly WorldEdge[]): WorldEdge[] {
  const byName = edges.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  const customers = [...Map.groupBy(byName, ({ customer }) => customer).values()];
  const [first = [], ...others] = customers;
  return [first[1], first[4], ...others.map((group) => group[1])].filter((edge) => edge !== undefined);
}

function firstLink({ links, name }: WorldEdge): string {
  const [link] = links;
  if (link === undefined) throw new Error(`edge ${name} has no link`);
  return link.interface;
}
