import {
  type Answer,
  type Call,
  type Credentials,
  createThirdParty,
  type LoginContext,
  LoginRefused,
  type ThirdPartyOptions,
} from "@trunkline/http";

/** The way to Hawkeye's API; nothing else in this service knows it. */
export interface HawkeyeClient {
  /** @throws ThirdPartyError */
  get(request: Pick<Call, "path" | "pathParams" | "query">, caller: Caller): Promise<Answer>;
  /** Signs in and keeps trying until that has succeeded. */
  signIn(signal: AbortSignal): Promise<void>;
  readonly signedIn: boolean;
  close(): void;
}

/** Whose request a call is made for: it ends with that request's deadline. */
export interface Caller {
  readonly requestId: string;
  readonly signal: AbortSignal;
}

export interface HawkeyeClientOptions
  extends Pick<ThirdPartyOptions, "baseUrl" | "hostAliases" | "caFile" | "logger" | "metrics" | "clock"> {
  readonly username: string;
  readonly password: string;
}

/** A page of a list takes Hawkeye seconds; requesters wait for two minutes in all. */
const TIMEOUT_MS = 60_000;
/** Of all requests together; each keeps fewer under way, so that a large one leaves room for the others. */
const CONCURRENCY = 24;
const QUEUED = 5_000;

export function createHawkeyeClient({ username, password, ...connection }: HawkeyeClientOptions): HawkeyeClient {
  const hawkeye = createThirdParty({
    name: "hawkeye",
    timeoutMs: TIMEOUT_MS,
    rateLimit: { concurrency: CONCURRENCY, queue: QUEUED },
    session: { login: (context) => logIn(context, { username, password }) },
    ...connection,
  });
  return {
    get: (request, { requestId, signal }) => hawkeye.call({ method: "GET", ...request, requestId, signal }),
    signIn: (signal) => hawkeye.signIn(signal),
    get signedIn() {
      return hawkeye.signedIn;
    },
    close: () => hawkeye.close(),
  };
}

/** The cookie is what makes a login; how long it lasts Hawkeye tells by a 401. */
async function logIn(
  { call }: LoginContext,
  credentials: { readonly username: string; readonly password: string },
): Promise<Credentials> {
  const answer = await call({ method: "POST", path: "/login", json: credentials, expects: "text" });
  const cookie = answer.headers["set-cookie"]?.find((line) => line.startsWith("PHPSESSID="))?.split(";")[0];
  if (cookie === undefined || answer.status >= 300) throw new LoginRefused(answer.status);
  return { headers: { cookie } };
}
