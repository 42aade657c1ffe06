import { NotTried } from "@trunkline/third-party";
import { Unreadable } from "./answer.ts";
import { type FailureFacts, type FailureReason, ThirdPartyError } from "./errors.ts";
import { BadPath } from "./path.ts";
import { TimedOut } from "./time-limit.ts";

/** More bytes than allowed, in the named direction. */
export class TooLarge extends Error {
  override readonly name = "TooLarge";
}

const REASONS: Readonly<Record<string, FailureReason>> = {
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "refused",
  ENETUNREACH: "refused",
  EADDRNOTAVAIL: "refused",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  EAI_FAIL: "dns",
  EAI_NODATA: "dns",
  ETIMEDOUT: "timeout",
  ESOCKETTIMEDOUT: "timeout",
  EPROTO: "tls",
  Z_BUF_ERROR: "truncated",
};

/** Codes of OpenSSL's certificate checks carry no common prefix: CERT_HAS_EXPIRED, UNABLE_TO_VERIFY_LEAF_SIGNATURE, ... */
const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_)/;

/** Turns whatever ended a request into the package's one error, leaving behind everything that may hold a secret. */
export function asThirdPartyError(error: unknown, facts: FailureFacts, signal?: AbortSignal): ThirdPartyError {
  if (error instanceof ThirdPartyError) return error;
  if (error instanceof NotTried) return new ThirdPartyError(error.reason, facts);
  if (error instanceof BadPath) return new ThirdPartyError("bad-path", { ...facts, detail: error.message });
  if (error instanceof TooLarge) return new ThirdPartyError("too-large", { ...facts, detail: error.message });
  if (error instanceof Unreadable) return new ThirdPartyError(error.reason, facts);
  if (signal?.aborted === true) return interrupted(signal.reason, facts);
  const code = codeOf(error);
  return new ThirdPartyError(reasonOf(code), { ...facts, code: code ?? nameOf(error) });
}

function interrupted(why: unknown, facts: FailureFacts): ThirdPartyError {
  if (why instanceof TimedOut) return new ThirdPartyError("timeout", { ...facts, detail: why.message });
  return new ThirdPartyError("cancelled", facts);
}

function reasonOf(code: string | undefined): FailureReason {
  if (code === undefined) return "reset";
  return REASONS[code] ?? (TLS_CODE.test(code) ? "tls" : "reset");
}

/** What has no code was thrown by a program, perhaps this one; its name is all of it that is safe to show. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
