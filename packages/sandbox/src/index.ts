export { type Certificates, makeCertificates } from "./certificates.ts";
export { environmentElsewhere } from "./elsewhere.ts";
export { NotNow, Unknown, WorldError } from "./errors.ts";
export type { Fault, FaultKind, NewFault } from "./faults/fault.ts";
export type { FaultList } from "./faults/fault-list.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";
export {
  type GrpcAnswer,
  type GrpcServer,
  type GrpcServerOptions,
  type GrpcStatusName,
  type ReceivedCall,
  startGrpcServer,
} from "./stand-ins/grpc-server.ts";
export type { Conversation, Stage, Trouble } from "./stand-ins/imap/conversation.ts";
export { type ImapServer, startImapServer } from "./stand-ins/imap/imap-server.ts";
export type { StandInSettings } from "./stand-ins/stand-in.ts";
export type { FleetOptions } from "./world/fleet.ts";
export type { Mailbox, StoredMail } from "./world/mail-store.ts";
export type { MailView } from "./world/mailboxes.ts";
export type { Message } from "./world/messages.ts";
export type { EdgeView, LinkView, TicketSummary, TicketView } from "./world/views.ts";
export type { World } from "./world/world.ts";
