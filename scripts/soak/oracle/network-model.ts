import type { EdgeFacts, LinkFacts } from "../facts.ts";
import type { NetworkAction } from "../planned-event.ts";

/** An event that an Orchestrator tells of an edge, of the kinds that explain outages. */
export interface ToldEvent {
  readonly at: number;
  readonly name: "EDGE_UP" | "EDGE_DOWN" | "LINK_ALIVE" | "LINK_DEAD";
}

/** One unit of an edge, as somebody who watches its serial sees it. */
export interface Unit {
  readonly edge: EdgeFacts;
  readonly serial: string;
  readonly isPrimary: boolean;
  readonly isDown: boolean;
  /** Null where there is no pair. */
  readonly partnerIsDown: boolean | null;
  readonly faulty: readonly LinkFacts[];
}

/** The network by its rules: what fails, what follows, what an Orchestrator says of it. */
export class NetworkModel {
  readonly #edges = new Map<number, ModelEdge>();

  constructor(edges: readonly EdgeFacts[]) {
    for (const facts of edges) this.#edges.set(facts.id, new ModelEdge(facts));
  }

  apply(action: NetworkAction): void {
    this.#of(action.edge).apply(action);
  }

  /** The edge by itself, and its standby where there is one. */
  unitsOf(edge: number): Unit[] {
    return this.#of(edge).units();
  }

  eventsOf(edge: number, after: number, until: number): ToldEvent[] {
    return this.#of(edge).events.filter(({ at }) => at >= after && at <= until);
  }

  #of(id: number): ModelEdge {
    const edge = this.#edges.get(id);
    if (edge === undefined) throw new Error(`there is no edge ${id}`);
    return edge;
  }
}

class ModelEdge {
  readonly events: ToldEvent[] = [];
  readonly #facts: EdgeFacts;
  readonly #failedLinks = new Set<string>();
  readonly #deadLinks = new Set<string>();
  #serials: { serial: string; haSerial: string | null };
  #isDown = false;
  #standbyIsDown = false;

  constructor(facts: EdgeFacts) {
    this.#facts = facts;
    this.#serials = { serial: facts.serial, haSerial: facts.haSerial };
  }

  apply({ kind, at, interface: name = "" }: NetworkAction): void {
    switch (kind) {
      case "fail-link":
        this.#failedLinks.add(name);
        break;
      case "heal-link":
        this.#failedLinks.delete(name);
        break;
      case "fail-edge":
        this.#standbyIsDown = this.#serials.haSerial !== null;
        this.#setDown(true, at);
        break;
      case "fail-unit":
        this.#setDown(true, at);
        break;
      case "fail-standby":
        this.#standbyIsDown = true;
        break;
      case "failover":
        this.#serials = { serial: this.#serials.haSerial ?? "", haSerial: this.#serials.serial };
        this.#setDown(false, at);
        this.#standbyIsDown = true;
        break;
      case "heal-edge":
        this.#standbyIsDown = false;
        this.#setDown(false, at);
        break;
    }
    this.#settleLinks(at);
  }

  units(): Unit[] {
    const { serial, haSerial } = this.#serials;
    const faulty = this.#facts.links.filter(({ interface: name }) => this.#deadLinks.has(name));
    const primary: Unit = {
      edge: this.#facts,
      serial,
      isPrimary: true,
      isDown: this.#isDown,
      partnerIsDown: haSerial === null ? null : this.#standbyIsDown,
      faulty,
    };
    if (haSerial === null) return [primary];
    return [
      primary,
      { ...primary, serial: haSerial, isPrimary: false, isDown: this.#standbyIsDown, partnerIsDown: this.#isDown },
    ];
  }

  #setDown(isDown: boolean, at: number): void {
    if (this.#isDown === isDown) return;
    this.#isDown = isDown;
    this.events.push({ at, name: isDown ? "EDGE_DOWN" : "EDGE_UP" });
  }

  /** A link is dead when its line has failed or its edge is down. */
  #settleLinks(at: number): void {
    for (const { interface: name } of this.#facts.links) {
      const isDead = this.#isDown || this.#failedLinks.has(name);
      if (isDead === this.#deadLinks.has(name)) continue;
      if (isDead) this.#deadLinks.add(name);
      else this.#deadLinks.delete(name);
      this.events.push({ at, name: isDead ? "LINK_DEAD" : "LINK_ALIVE" });
    }
  }
}
