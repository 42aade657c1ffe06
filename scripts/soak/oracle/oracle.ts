import type { EdgeFacts } from "../facts.ts";
import type { DayPlan, DeskAction, Look, NetworkAction, PlannedEvent } from "../planned-event.ts";
import type { TicketStory } from "../story.ts";
import { BruinModel } from "./bruin-model.ts";
import { documentOutage } from "./documentation-rules.ts";
import { Forwards, isUrgent } from "./forward-rules.ts";
import { NetworkModel, type Unit } from "./network-model.ts";
import { type OutageName, verdictOn } from "./outage-rules.ts";
import { resolveHealthy } from "./resolution-rules.ts";
import { triageTickets } from "./triage-rules.ts";

const QUARANTINE_MS = 180_000;

/**
 * Says what a day must leave behind, from the rules alone. It knows nothing of kills and lost answers: whatever dies
 * on the way, the same must come of it.
 */
export function foretell(edges: readonly EdgeFacts[], { events, end }: Pick<DayPlan, "events" | "end">): TicketStory[] {
  const oracle = new Oracle(edges);
  for (const event of events) {
    oracle.letPass(event.at);
    oracle.take(event);
  }
  oracle.letPass(end);
  return oracle.stories();
}

interface Quarantine {
  readonly edge: number;
  readonly serial: string;
  readonly type: OutageName;
  readonly due: number;
}

class Oracle {
  readonly #network: NetworkModel;
  readonly #bruin = new BruinModel();
  readonly #forwards = new Forwards();
  readonly #edges: readonly EdgeFacts[];
  readonly #touched = new Set<number>();
  #quarantines: Quarantine[] = [];

  constructor(edges: readonly EdgeFacts[]) {
    this.#edges = edges;
    this.#network = new NetworkModel(edges);
  }

  stories(): TicketStory[] {
    return this.#bruin.tickets.map(({ serial, openedAt, status, severity, entries }) => ({
      serial,
      openedAt,
      status,
      severity,
      entries,
    }));
  }

  take(event: PlannedEvent): void {
    switch (event.kind) {
      case "pass":
        this.#pass(event);
        break;
      case "triage":
        for (const unit of this.#unitsOn(event.host)) triageTickets(this.#scene(), { unit, at: event.at });
        break;
      case "kill":
      case "slip":
        break;
      default:
        if ("edge" in event) this.#happen(event);
        else this.#bruin.act(event as DeskAction);
    }
  }

  /** Rechecks and forwards up to a moment, in the order in which they are due. */
  letPass(until: number): void {
    for (;;) {
      const recheck = Math.min(...this.#quarantines.map(({ due }) => due));
      const forward = this.#forwards.nextDue();
      const due = Math.min(recheck, forward);
      if (due > until) return;
      if (forward <= due) this.#forwards.carryOutDue(due);
      else this.#recheck(due);
    }
  }

  #happen(action: NetworkAction): void {
    this.#touched.add(action.edge);
    this.#network.apply(action);
  }

  #pass({ host, at, away }: Look): void {
    if (away === "velocloud") return;
    for (const unit of this.#unitsOn(host)) {
      const verdict = verdictOn(unit);
      if (verdict.kind === "healthy") {
        // Without a list of open tickets nothing is resolved.
        if (away !== "bruin") resolveHealthy(this.#scene(), unit, at);
      } else if (verdict.kind === "outage") {
        if (isUrgent(unit)) documentOutage(this.#scene(), { unit, type: verdict.type, at });
        else this.#quarantine(unit, verdict.type, at);
      }
    }
  }

  #quarantine({ edge, serial }: Unit, type: OutageName, at: number): void {
    if (this.#quarantines.some((each) => each.serial === serial && each.type === type)) return;
    this.#quarantines.push({ edge: edge.id, serial, type, due: at + QUARANTINE_MS });
  }

  #recheck(at: number): void {
    const due = this.#quarantines.filter((each) => each.due <= at);
    this.#quarantines = this.#quarantines.filter((each) => each.due > at);
    for (const { edge, serial, type } of due) {
      const unit = this.#network.unitsOf(edge).find((each) => each.serial === serial);
      if (unit === undefined) continue;
      const verdict = verdictOn(unit);
      if (verdict.kind === "healthy") resolveHealthy(this.#scene(), unit, at);
      else if (verdict.kind === "outage" && verdict.type === type) documentOutage(this.#scene(), { unit, type, at });
    }
  }

  #scene() {
    return { bruin: this.#bruin, network: this.#network, forwards: this.#forwards };
  }

  /** Units under monitoring; an edge to which nothing has happened can have no trouble and no ticket. */
  #unitsOn(host: string): Unit[] {
    const watched = this.#edges.filter((edge) => edge.host === host && edge.monitored && this.#touched.has(edge.id));
    return watched.flatMap(({ id }) => this.#network.unitsOf(id));
  }
}
