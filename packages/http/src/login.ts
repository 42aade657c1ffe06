import type { Clock } from "@trunkline/clock";
import type { Logger } from "pino";
import { type FailureFacts, LoginRefused, ThirdPartyError } from "./errors.ts";
import { TimedOut } from "./time-limit.ts";
import type { Answer, Caller, Credentials, LoginContext, Session } from "./types.ts";

const FIRST_PAUSE_MS = 1_000;
/** After credentials were refused: attempts that go on lock an account. */
const LONGEST_PAUSE_MS = 60_000;
/** After a third party that could not say: it should be found soon when it is back. */
const LONGEST_PAUSE_OF_OUTAGE_MS = 4_000;
/** Everybody waits for a login, so that one without an answer is given up sooner than a call would be. */
const LOGIN_WITHIN_MS = 30_000;

/** Credentials and when we got them. */
export interface HeldCredentials {
  readonly headers: Credentials["headers"];
  readonly expiresAt: Date | undefined;
  readonly obtainedAt: Date;
}

export interface LoginOptions {
  readonly session: Session;
  /** Calls the third party without credentials. */
  readonly call: (request: Parameters<LoginContext["call"]>[0], caller: Caller) => Promise<Answer>;
  readonly facts: FailureFacts;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Logins of one third party, one at a time: whoever asks while one is under way gets its outcome. After a failed one
 * comes a pause, growing with each failure, in which the same failure is the answer: wrong credentials that are tried
 * with every request lock accounts.
 */
export function singleLogin({ session, call, facts, clock, logger }: LoginOptions) {
  const closing = new AbortController();
  let underWay: Promise<HeldCredentials> | undefined;
  let failure: { readonly error: ThirdPartyError; readonly count: number; readonly until: number } | undefined;
  let succeeded = false;

  async function attempt(requestId: string): Promise<HeldCredentials> {
    const tooLong = new AbortController();
    const timer = setTimeout(() => tooLong.abort(new TimedOut("no login in time")), LOGIN_WITHIN_MS);
    const caller = { signal: AbortSignal.any([closing.signal, tooLong.signal]), requestId };
    try {
      const obtainedAt = clock.now();
      const { headers, expiresAt } = await session.login({ ...caller, call: (request) => call(request, caller) });
      failure = undefined;
      succeeded = true;
      logger.info({ ...facts, request_id: requestId }, "signed in");
      return { headers, expiresAt, obtainedAt };
    } catch (error) {
      throw remember(asLoginError(error, facts), requestId);
    } finally {
      clearTimeout(timer);
    }
  }

  function remember(error: ThirdPartyError, requestId: string): ThirdPartyError {
    const count = (failure?.count ?? 0) + 1;
    const longestMs = isRefusal(error) ? LONGEST_PAUSE_MS : LONGEST_PAUSE_OF_OUTAGE_MS;
    const pauseMs = Math.min(longestMs, FIRST_PAUSE_MS * 2 ** (count - 1));
    failure = { error, count, until: performance.now() + pauseMs };
    logger.warn({ ...facts, request_id: requestId, reason: error.reason, count, pauseMs }, error.message);
    return error;
  }

  return {
    async obtain(requestId: string): Promise<HeldCredentials> {
      if (underWay === undefined && failure !== undefined && performance.now() < failure.until) throw failure.error;
      underWay ??= attempt(requestId).finally(() => {
        underWay = undefined;
      });
      return await underWay;
    },
    /** Milliseconds until a new attempt is allowed. */
    pauseLeft: () => Math.max(0, (failure?.until ?? 0) - performance.now()),
    hasSucceeded: () => succeeded,
    closing: closing.signal,
    close: () => closing.abort(),
  };
}

/** Whether the third party has looked at the credentials and did not take them. */
function isRefusal({ reason, facts: { status = 0 } }: ThirdPartyError): boolean {
  return reason === "login-failed" && status < 500 && status !== 429;
}

function asLoginError(error: unknown, facts: FailureFacts): ThirdPartyError {
  if (error instanceof ThirdPartyError) return error;
  if (!(error instanceof LoginRefused)) return new ThirdPartyError("login-failed", facts);
  return new ThirdPartyError("login-failed", { ...facts, status: error.status, detail: error.message });
}
