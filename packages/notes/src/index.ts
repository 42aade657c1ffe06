export { type AutoResolveNote, parseAutoResolve, renderAutoResolve } from "./auto-resolve.ts";
export { TRIAGE_LOOKBACK_MS, type TroubledEdge, triageNoteOf } from "./compose-triage.ts";
export { type DigiRebootNote, parseDigiReboot } from "./digi-reboot.ts";
export { noteTime } from "./note-time.ts";
export { joinPages, splitIntoPages } from "./pages.ts";
export { parseSeverityReason, renderSeverityReason, type SeverityReason } from "./severity-reason.ts";
export { autoResolvesOf, currentCycle, type TicketCycle } from "./ticket-cycle.ts";
export {
  type DocumentedLink,
  type DocumentedOutage,
  isReopening,
  parseTriage,
  renderTriage,
  type TriageLink,
  type TriageNote,
} from "./triage.ts";
