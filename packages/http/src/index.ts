export { thirdPartyConfig } from "@trunkline/third-party";
export { type FailureFacts, type FailureReason, LoginRefused, ThirdPartyError } from "./errors.ts";
export { explainFailure, type FailureTexts } from "./explain-failure.ts";
export { keepSignedIn } from "./keep-signed-in.ts";
export { createThirdParty } from "./third-party.ts";
export type {
  Answer,
  Call,
  Caller,
  Credentials,
  LoginContext,
  QueryValue,
  Session,
  ThirdParty,
  ThirdPartyOptions,
} from "./types.ts";
