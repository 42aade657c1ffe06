export { type AutoResolveNote, parseAutoResolve, renderAutoResolve } from "./auto-resolve.ts";
export { TRIAGE_LOOKBACK_MS, type TroubledEdge, triageNoteOf } from "./compose-triage.ts";
export {
  type DigiRebootNote,
  parseDigiReboot,
  renderDigiReboot,
  renderDigiRebootFailed,
  WIRELESS_QUEUE,
} from "./digi-reboot.ts";
export { type EventsNoteOptions, renderEvents } from "./events.ts";
export { noteTime } from "./note-time.ts";
export { joinPages, splitIntoPages } from "./pages.ts";
export { isReminder, renderReminder } from "./reminder.ts";
export { parseSeverityReason, renderSeverityReason, type SeverityReason } from "./severity-reason.ts";
export { autoResolvesOf, currentCycle, type TicketCycle } from "./ticket-cycle.ts";
export {
  type DocumentedLink,
  type DocumentedOutage,
  isReopening,
  isTriage,
  parseTriage,
  renderTriage,
  type TriageLink,
  type TriageNote,
  type TriageStory,
} from "./triage.ts";
