import { setTimeout as sleep } from "node:timers/promises";
import type { FailureFacts } from "./errors.ts";
import { asThirdPartyError } from "./failure.ts";
import { type HeldCredentials, type LoginOptions, singleLogin } from "./login.ts";
import type { Answer, Caller, Credentials } from "./types.ts";

/** What refused a session right after a login would refuse it again: no second login for so long on its account. */
const FUTILE_MS = 30_000;
/** Renewed when a fifth of its life is left, at most this long before the end. */
const LONGEST_MARGIN_MS = 300_000;

export interface SessionCaller extends Caller {
  /** What is called, as a template: one endpoint that refuses everybody says nothing about the others. */
  readonly path: string;
}

export interface SessionKeeper {
  readonly signedIn: boolean;
  /** Sends with credentials; when the answer says that the session has ended, signs in again and sends once more. */
  run(caller: SessionCaller, send: (headers: Credentials["headers"]) => Promise<Answer>): Promise<Answer>;
  /** Tries until it has signed in or the signal fires. */
  signIn(signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Holds the credentials of one third party and renews them in good time. */
export function keepSession(options: LoginOptions): SessionKeeper {
  const { session, facts, clock } = options;
  const isExpired = session.isExpired ?? ((answer: Answer) => answer.status === 401);
  const login = singleLogin(options);
  let held: HeldCredentials | undefined;
  const futileUntil = new Map<string, number>();

  async function renew(requestId: string): Promise<HeldCredentials> {
    held = await login.obtain(requestId);
    return held;
  }

  async function credentials({ signal, requestId }: Caller): Promise<HeldCredentials> {
    const now = clock.now();
    if (held === undefined || remaining(held, now) <= 0) return await unlessAborted(renew(requestId), signal, facts);
    // The old session still serves this call; whether the new one comes about is for a later call to find out.
    if (remaining(held, now) < margin(held)) renew(requestId).catch(() => {});
    return held;
  }

  /** Whether it makes sense to send again: not when a fresh login has just been refused the same way. */
  function discard(refused: HeldCredentials, path: string): boolean {
    if (held !== refused) return true;
    if (performance.now() < (futileUntil.get(path) ?? 0)) return false;
    held = undefined;
    return true;
  }

  return {
    get signedIn() {
      return login.hasSucceeded();
    },
    async run(caller, send) {
      const first = await credentials(caller);
      const answer = await send(first.headers);
      if (!isExpired(answer)) {
        futileUntil.delete(caller.path);
        return answer;
      }
      if (!discard(first, caller.path)) return answer;
      const second = await credentials(caller);
      const repeated = await send(second.headers);
      if (isExpired(repeated)) futileUntil.set(caller.path, performance.now() + FUTILE_MS);
      return repeated;
    },
    async signIn(signal) {
      const stop = AbortSignal.any([signal, login.closing]);
      while (!stop.aborted) {
        const done = await unlessAborted(renew("sign-in"), stop, facts).then(
          () => true,
          () => false,
        );
        if (done) return;
        await sleep(login.pauseLeft(), undefined, { signal: stop }).catch(() => {});
      }
    },
    close: () => login.close(),
  };
}

function remaining({ expiresAt }: HeldCredentials, now: Date): number {
  return expiresAt === undefined ? Number.POSITIVE_INFINITY : expiresAt.getTime() - now.getTime();
}

function margin(held: HeldCredentials): number {
  return Math.min(LONGEST_MARGIN_MS, remaining(held, held.obtainedAt) / 5);
}

/** Waits for shared work; when this caller's signal fires, the work goes on for the others. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal, facts: FailureFacts): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const leave = () => aborted.reject(asThirdPartyError(signal.reason, facts, signal));
  if (signal.aborted) leave();
  signal.addEventListener("abort", leave, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}
