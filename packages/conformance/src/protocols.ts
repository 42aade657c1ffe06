import { grpc } from "./grpc/grpc-protocol.ts";
import { http } from "./http/http-protocol.ts";
import { imap } from "./imap/imap-protocol.ts";
import type { Protocol } from "./protocol.ts";
import { smtp } from "./smtp/smtp-protocol.ts";

/** Every protocol that vectors may use. The first whose key an exchange has is the exchange's. */
export const protocols: readonly Protocol[] = [http, grpc, smtp, imap];
