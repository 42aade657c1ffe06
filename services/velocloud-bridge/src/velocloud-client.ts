import type { Clock } from "@trunkline/clock";
import {
  type Answer,
  type Caller,
  type Credentials,
  createThirdParty,
  type LoginContext,
  LoginRefused,
  type ThirdPartyOptions,
} from "@trunkline/http";
import { z } from "zod";
import type { OrchestratorCredentials } from "./credentials.ts";

/** A session lasts 24 hours at an Orchestrator that is set up as delivered. */
const SESSION_MS = 23 * 60 * 60 * 1000;
/** The most patient requester waits so long; the others bound a call by their own deadline. */
const TIMEOUT_MS = 300_000;

/** What an Orchestrator expects on every call of its API. */
const HEADERS = {
  "content-type": "application/json-patch+json",
  "cache-control": "no-cache, no-store, no-transform, max-age=0, only-if-cached",
};

/** One VeloCloud Orchestrator. */
export interface Orchestrator {
  readonly host: string;
  /**
   * Calls a method below `/portal/rest`, such as `event/getEnterpriseEvents`.
   * @throws ThirdPartyError
   */
  call(method: string, body: unknown, caller: Caller): Promise<Answer>;
  /** Signs in and keeps trying until that has succeeded. */
  signIn(signal: AbortSignal): Promise<void>;
  readonly signedIn: boolean;
  close(): void;
}

type Connection = Required<Pick<ThirdPartyOptions, "hostAliases" | "caFile" | "clock" | "logger" | "metrics">>;

export function connectOrchestrator(credentials: OrchestratorCredentials, connection: Connection): Orchestrator {
  const { host } = credentials;
  const vco = createThirdParty({
    name: "velocloud",
    baseUrl: `https://${host}/portal/rest`,
    session: { login: (context) => logIn(context, credentials, connection.clock), isExpired: isSessionOver },
    timeoutMs: TIMEOUT_MS,
    ...connection,
  });
  return {
    host,
    call: (method, json, { requestId, signal }) =>
      vco.call({ method: "POST", path: `/${method}`, json, headers: HEADERS, requestId, signal }),
    signIn: (signal) => vco.signIn(signal),
    get signedIn() {
      return vco.signedIn;
    },
    close: () => vco.close(),
  };
}

/** The cookie is what makes a login: wrong credentials are answered with a redirect to the login page. */
async function logIn({ call }: LoginContext, login: OrchestratorCredentials, clock: Clock): Promise<Credentials> {
  const { username, password } = login;
  const answer = await call({
    method: "POST",
    path: "/login/operatorLogin",
    json: { username, password },
    expects: "text",
  });
  const cookie = answer.headers["set-cookie"]?.find((line) => line.startsWith("velocloud.session="))?.split(";")[0];
  if (cookie === undefined || answer.status >= 300) throw new LoginRefused(answer.status);
  return { headers: { cookie }, expiresAt: new Date(clock.now().getTime() + SESSION_MS) };
}

/** An Orchestrator answers 200 to a call without a session, with `tokenError [...]` as its error's message. */
export function isSessionOver({ status, body }: Answer): boolean {
  return status === 401 || messageOf(body)?.includes("tokenError") === true;
}

const errorAnswer = z.object({ error: z.object({ message: z.string() }) });

/** The message of an Orchestrator's error answer, `{"error":{"code":-32600,"message":"..."}}`. */
export function messageOf(body: unknown): string | undefined {
  return errorAnswer.safeParse(body).data?.error.message;
}
