import type { Clock } from "@trunkline/clock";
import { createFeed, type Feed } from "../feed.ts";
import { seededRandom } from "../random.ts";
import { type Circuits, createCircuits } from "./circuits.ts";
import { createDesk, type Desk } from "./desk.ts";
import { createEmailCenter, type EmailCenter } from "./email-center.ts";
import { createEventLog, type EventLog } from "./event-log.ts";
import { type FleetOptions, makeFleet } from "./fleet.ts";
import { createGateways, type Gateways } from "./gateways.ts";
import { createInventory, type Inventory } from "./inventory.ts";
import { createMailboxes, type Mailboxes, type MailView } from "./mailboxes.ts";
import { createMessages, type Message, type Messages } from "./messages.ts";
import { createNetwork, type Network } from "./network.ts";
import { writePast } from "./past.ts";
import { createProbes, makeProbes, type Probes } from "./probes.ts";
import { createRecoveries, type Recoveries } from "./recoveries.ts";
import type { Ticket } from "./ticket.ts";
import { createTicketStore } from "./ticket-store.ts";
import { createTraining, type Training } from "./training.ts";
import { type EdgeView, edgeView, type TicketView, ticketView } from "./views.ts";

/** What the world tells about itself. */
export interface WorldEvents {
  readonly world: EdgeView;
  readonly ticket: TicketView;
  readonly message: Message;
  readonly mail: MailView;
}

/** Everything behind the stand-ins: a network that breaks and heals, a service desk, and what people were told. */
export interface World {
  readonly clock: Clock;
  readonly network: Network;
  readonly probes: Probes;
  readonly events: EventLog;
  readonly inventory: Inventory;
  readonly circuits: Circuits;
  readonly desk: Desk;
  readonly messages: Messages;
  readonly emailCenter: EmailCenter;
  readonly mailboxes: Mailboxes;
  readonly recoveries: Recoveries;
  readonly gateways: Gateways;
  readonly training: Training;
  readonly feed: Feed<WorldEvents>;
}

export interface WorldOptions {
  readonly clock: Clock;
  /** The same seed, options and clock make the same world. */
  readonly seed: number;
  readonly fleet: FleetOptions;
  /** Display name of the user behind Bruin's API. */
  readonly apiUser: string;
  /** Passwords of the mailboxes that the engine reads, by address. */
  readonly mailAccounts: Readonly<Record<string, string>>;
}

export function createWorld({ clock, seed, fleet: fleetOptions, apiUser, mailAccounts }: WorldOptions): World {
  const feed = createFeed<WorldEvents>();
  const fleet = makeFleet(seed, clock.now(), fleetOptions);
  const events = createEventLog();
  writePast(events, fleet.edges, { random: seededRandom(seed + 1), now: clock.now() });
  const probes = createProbes(makeProbes(fleet), clock);
  const inventory = createInventory(fleet, probes.all);
  const store = createTicketStore(clock);
  const desk = createDesk({ store, inventory, apiUser, now: () => clock.now(), onChange: ticketChanged });
  const network = createNetwork({ fleet, clock, events, onChange: (edge) => feed.emit("world", edgeView(edge, desk)) });
  const messages = createMessages(clock, (message) => feed.emit("message", message));
  const emailCenter = createEmailCenter({ clock, inventory, messages });
  const mailboxes = createMailboxes(clock, mailAccounts, (mail) => feed.emit("mail", mail));
  const gateways = createGateways(fleet, clock);
  const recoveries = createRecoveries(clock, seededRandom(seed + 3));

  /** An edge shows its open ticket, so a ticket's change is a change of its edges too. */
  function ticketChanged(ticket: Ticket): void {
    feed.emit("ticket", ticketView(ticket));
    for (const edge of new Set(ticket.details.map(({ asset }) => asset.edge))) {
      feed.emit("world", edgeView(edge, desk));
    }
  }

  const circuits = createCircuits(fleet);
  const people = { desk, messages, emailCenter, mailboxes };
  return {
    clock,
    network,
    probes,
    events,
    inventory,
    circuits,
    ...people,
    recoveries,
    gateways,
    training: createTraining(),
    feed,
  };
}
