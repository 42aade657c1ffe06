import { type Clock, systemClock } from "@trunkline/clock";
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
import { asHeaders } from "./parameters.ts";

/** The way to DiGi's API; nothing else in this service knows it. */
export interface DigiClient {
  /** @throws ThirdPartyError */
  recoverDevice(order: RecoveryOrder, caller: Caller): Promise<Answer>;
  /** @throws ThirdPartyError */
  recoveryLogs(query: LogQuery, caller: Caller): Promise<Answer>;
  /** Signs in and keeps trying until that has succeeded. */
  signIn(signal: AbortSignal): Promise<void>;
  readonly signedIn: boolean;
  close(): void;
}

export interface RecoveryOrder {
  readonly velo_serial: string;
  readonly ticket: string;
  readonly MAC: string;
}

export interface LogQuery {
  readonly igzID?: string | undefined;
  readonly start_date_time?: string | undefined;
  readonly size?: string | undefined;
  readonly offset?: string | undefined;
}

export interface DigiClientOptions
  extends Pick<ThirdPartyOptions, "baseUrl" | "hostAliases" | "caFile" | "logger" | "metrics"> {
  readonly clientId: string;
  readonly clientSecret: string;
  /** How long a token lasts that DiGi does not say that of, in seconds. */
  readonly tokenSeconds: number;
  readonly clock?: Clock;
}

/** The most patient requester waits so long; the others bound a call by their own deadline. */
const TIMEOUT_MS = 150_000;
const RECOVERY = "/DeviceManagement_API/rest/Recovery";

export function createDigiClient(options: DigiClientOptions): DigiClient {
  const { baseUrl, hostAliases, caFile, logger, metrics, clock = systemClock } = options;
  const digi = createThirdParty({
    name: "digi",
    baseUrl,
    hostAliases,
    caFile,
    session: { login: (context) => logIn(context, options, clock.now()) },
    timeoutMs: TIMEOUT_MS,
    logger,
    metrics,
    clock,
  });
  // No spread of what a requester sent: a key of its own choosing would become a header of its own choosing.
  return {
    recoverDevice: ({ velo_serial, ticket, MAC }, { requestId, signal }) =>
      digi.call({
        method: "POST",
        path: `${RECOVERY}/RecoverDevice`,
        headers: asHeaders({ velo_serial, ticket, MAC }),
        requestId,
        signal,
      }),
    recoveryLogs: ({ igzID, start_date_time, size, offset }, { requestId, signal }) =>
      digi.call({
        method: "GET",
        path: `${RECOVERY}/Logs`,
        headers: asHeaders({ igzID, start_date_time, size, offset }),
        requestId,
        signal,
      }),
    signIn: (signal) => digi.signIn(signal),
    get signedIn() {
      return digi.signedIn;
    },
    close: () => digi.close(),
  };
}

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive().optional() });

async function logIn({ call }: LoginContext, options: DigiClientOptions, now: Date): Promise<Credentials> {
  const { clientId, clientSecret, tokenSeconds } = options;
  const { status, body } = await call({
    method: "POST",
    path: "/Identity/rest/oauth/token",
    // DiGi wants the scheme in small letters.
    headers: { authorization: `basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
    form: { grant_type: "client_credentials", scope: "write:dms" },
  });
  const { success, data } = tokenAnswer.safeParse(body);
  if (!success || status >= 300) throw new LoginRefused(status);
  return {
    headers: { authorization: `Bearer ${data.access_token}` },
    expiresAt: new Date(now.getTime() + (data.expires_in ?? tokenSeconds) * 1000),
  };
}
