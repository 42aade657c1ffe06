import {
  type Answer,
  type Call,
  type Caller,
  type Credentials,
  createThirdParty,
  type LoginContext,
  LoginRefused,
  type ThirdPartyOptions,
} from "@trunkline/http";
import { z } from "zod";
import { apiUsage } from "./api-usage.ts";
import { spacedJson } from "./spaced-json.ts";

/** The way to DataRemote's API; nothing else in this service knows it. Every call may throw a ThirdPartyError. */
export interface DriClient {
  /** Tasks of a device that are not done yet. */
  pendingTasks(serial: string, caller: Caller): Promise<Answer>;
  /** Begins a task that asks a device for parameters. */
  startTask(serial: string, parameterSet: object, caller: Caller): Promise<Answer>;
  /** How far a task is, and what it has found. */
  taskResult(serial: string, task: TaskId, caller: Caller): Promise<Answer>;
  /** Signs in and keeps trying until that has succeeded. */
  signIn(signal: AbortSignal): Promise<void>;
  readonly signedIn: boolean;
  close(): void;
}

/** DataRemote's name for a task: a number, or its digits. */
export type TaskId = string | number;

export interface DriClientOptions
  extends Pick<ThirdPartyOptions, "baseUrl" | "hostAliases" | "caFile" | "logger" | "metrics" | "clock"> {
  readonly username: string;
  readonly password: string;
}

/** The most patient requester waits so long; the others bound a call by their own deadline. */
const TIMEOUT_MS = 180_000;
const DEVICE = "/acs/device/{serial}";

/** What DataRemote expects on every call of its API. */
const HEADERS = {
  "content-type": "application/json-patch+json",
  "cache-control": "no-cache, no-store, no-transform, max-age=0, only-if-cached",
};

export function createDriClient({ username, password, ...connection }: DriClientOptions): DriClient {
  const dri = createThirdParty({
    name: "dri",
    session: { login: (context) => logIn(context, { email: username, password }) },
    timeoutMs: TIMEOUT_MS,
    onRequest: apiUsage(connection.metrics),
    ...connection,
  });
  const get = (call: Pick<Call, "path" | "query">, serial: string, { requestId, signal }: Caller) =>
    dri.call({ method: "GET", ...call, pathParams: { serial }, headers: HEADERS, requestId, signal });
  return {
    pendingTasks: (serial, caller) => get({ path: `${DEVICE}/taskpending` }, serial, caller),
    startTask: (serial, parameterSet, caller) =>
      get({ path: `${DEVICE}/parameter_returnid`, query: { data: spacedJson(parameterSet) } }, serial, caller),
    taskResult: (serial, task, caller) =>
      get({ path: `${DEVICE}/parameter_tid`, query: { transactionid: task } }, serial, caller),
    signIn: (signal) => dri.signIn(signal),
    get signedIn() {
      return dri.signedIn;
    },
    close: () => dri.close(),
  };
}

const loginAnswer = z.object({ authorization_token: z.string().min(1) });

/** DataRemote does not say how long a token lasts: until an answer is 401. */
async function logIn({ call }: LoginContext, form: { email: string; password: string }): Promise<Credentials> {
  const { status, body } = await call({ method: "POST", path: "/auth/login", form });
  const { success, data } = loginAnswer.safeParse(body);
  if (!success || status >= 300) throw new LoginRefused(status);
  return { headers: { authorization: `Bearer ${data.authorization_token}` } };
}
