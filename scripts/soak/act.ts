import { type Sandbox, WorldError } from "@trunkline/sandbox";
import type { DeskAction, NetworkAction } from "./planned-event.ts";

/** Lets something happen in the sandbox's network. */
export function happen(action: NetworkAction, { world: { network } }: Sandbox): void {
  const { serial } = network.edgeById(action.edge) ?? {};
  if (serial === undefined) throw new Error(`there is no edge ${action.edge}`);
  const name = action.interface ?? "";
  switch (action.kind) {
    case "fail-link":
      network.failLink(serial, name);
      break;
    case "heal-link":
      network.healLink(serial, name);
      break;
    case "fail-edge":
      network.failEdge(serial);
      break;
    case "fail-unit":
      network.failUnit(serial);
      break;
    case "fail-standby":
      network.failStandby(serial);
      break;
    case "failover":
      network.failover(serial);
      break;
    case "heal-edge":
      network.healEdge(serial);
      break;
  }
}

/** Bruin's number of the result that moves a task to ASR Investigate. */
const ASR_RESULT = 1_602;
const PERSON = "Dana Whitfield";

/** Does in the sandbox's desk what a person does, if the edge has an open ticket. */
export function act({ kind, serial }: DeskAction, { world: { desk } }: Sandbox): void {
  const ticket = desk.openTicketOf(serial);
  if (ticket === undefined) return;
  const detail = desk.detail(ticket, { serviceNumber: serial });
  const actions: Record<DeskAction["kind"], () => void> = {
    assign: () => desk.assign(detail, PERSON),
    pause: () => desk.setPaused(detail, true),
    move: () => desk.changeWork(detail, ASR_RESULT),
    lock: () => desk.setLocked(ticket, true),
    resolve: () => unlessRefused(() => desk.resolveDetail(detail, [])),
    close: () => desk.close(ticket, "Closed by a person"),
    note: () =>
      desk.addNote(ticket, { text: "Spoke to the site.", serviceNumbers: [serial], type: "ADN", author: PERSON }),
  };
  actions[kind]();
}

/** A person who is refused something gives up. */
function unlessRefused(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof WorldError)) throw error;
  }
}
