export { thirdPartyConfig } from "./config.ts";
export { type FailureFacts, type FailureReason, LoginRefused, ThirdPartyError } from "./errors.ts";
export { explainFailure, type FailureTexts } from "./explain-failure.ts";
export { createThirdParty } from "./third-party.ts";
export type {
  Answer,
  BreakerOptions,
  Call,
  Credentials,
  LoginContext,
  QueryValue,
  RateLimitOptions,
  Session,
  ThirdParty,
  ThirdPartyOptions,
} from "./types.ts";
