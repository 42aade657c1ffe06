import { setTimeout as delay } from "node:timers/promises";
import type { SMTPServerSession } from "smtp-server";
import type { FaultKind } from "../faults/fault.ts";
import type { FaultList } from "../faults/fault-list.ts";
import type { Calls } from "./calls.ts";

/** Where in a conversation each kind of fault strikes. */
const kindsAt = {
  CONNECT: ["latency", "unavailable", "stall"],
  AUTH: ["auth-refused"],
  RCPT: ["recipient-refused"],
  DATA: ["hang-up"],
} as const satisfies Record<string, readonly FaultKind[]>;

export type SmtpStage = keyof typeof kindsAt;

export interface SmtpStages {
  /** Null lets the conversation go on, an error is the refusal; a stall or a hang-up never resolves. */
  pass(stage: SmtpStage, session: SMTPServerSession): Promise<Error | null>;
  /** Writes down that a stage went well. */
  taken(stage: SmtpStage, session: SMTPServerSession): void;
}

export interface SmtpStagesOptions {
  readonly host: string;
  readonly faults: FaultList;
  readonly calls: Calls;
  readonly hangUp: (session: SMTPServerSession) => void;
}

/** The points of an SMTP conversation at which faults may strike; each is recorded as a call. */
export function smtpStages({ host, faults, calls, hangUp }: SmtpStagesOptions): SmtpStages {
  const callOf = (method: SmtpStage, { envelope }: SMTPServerSession) => ({
    system: "smtp",
    host,
    method,
    path: envelope.rcptTo.map(({ address }) => address).join(", "),
  });
  return {
    async pass(stage, session) {
      const call = callOf(stage, session);
      const { delayMs, fault } = faults.strike({ ...call, kinds: kindsAt[stage] });
      if (delayMs > 0) await delay(delayMs, undefined, { ref: false });
      if (fault === undefined) return null;
      const refusal = refusals[fault.kind];
      calls.add({ ...call, status: refusal?.responseCode ?? 0, ms: delayMs });
      if (refusal !== undefined) return refusal;
      if (fault.kind === "hang-up") hangUp(session);
      return new Promise<never>(() => undefined);
    },
    taken: (stage, session) => calls.add({ ...callOf(stage, session), status: 250, ms: 0 }),
  };
}

export interface SmtpRefusal extends Error {
  readonly responseCode: number;
}

export function refused(responseCode: number, message: string): SmtpRefusal {
  return Object.assign(new Error(message), { responseCode });
}

const refusals: Partial<Record<FaultKind, SmtpRefusal>> = {
  unavailable: refused(421, "Service not available, try again later"),
  "auth-refused": refused(535, "Authentication failed"),
  "recipient-refused": refused(550, "No such user here"),
};
