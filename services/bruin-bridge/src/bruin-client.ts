import { type HandlerReply, type RequestContext, refuse } from "@trunkline/bus";
import {
  type Answer,
  type Call,
  createThirdParty,
  LoginRefused,
  type Session,
  type ThirdParty,
  ThirdPartyError,
  type ThirdPartyOptions,
} from "@trunkline/http";
import { z } from "zod";
import { apiUsage } from "./api-usage.ts";
import { type AnswerTexts, answerOf, plainAnswerOf, silenceOf } from "./bruin-answer.ts";

/** One call to Bruin's API; the path is a template whose braces `pathParams` fills. */
export interface BruinCall extends Pick<Call, "path" | "pathParams" | "query" | "json"> {
  readonly method: "GET" | "POST" | "PUT";
  /** Beside those that every call carries. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Whatever Bruin answers is the reply, its status too: some requesters tell Bruin's refusals apart themselves. It
   * says what a success holds; one that holds a page or half of an object instead is no answer of Bruin's.
   */
  readonly asItIs?: "json" | "json-or-text";
  /** What this call answers otherwise than the usual. */
  readonly texts?: AnswerTexts;
  /** The reply when Bruin may have done it and has not said so, for effects that cannot be looked up. */
  readonly inDoubt?: HandlerReply;
}

/** What of a request's context a call needs. */
export type CallContext = Pick<RequestContext, "signal" | "requestId">;

export interface BruinClient {
  /** The reply for a requester, whatever happened: an integer status, and a body without secrets or internals. */
  call(call: BruinCall, context: CallContext): Promise<HandlerReply>;
  /** `https://api.bruin.example.net/api/Ticket/repair` */
  urlOf(path: string): string;
  signIn(signal: AbortSignal): Promise<void>;
  readonly signedIn: boolean;
  close(): void;
}

export interface BruinClientOptions
  extends Pick<ThirdPartyOptions, "hostAliases" | "caFile" | "logger" | "metrics" | "clock"> {
  readonly baseUrl: string;
  readonly loginUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const SYSTEM = "bruin";

/** Bruin expects this type of every call, also of those without a body. */
const HEADERS = {
  "Content-Type": "application/json-patch+json",
  "Cache-Control": "no-cache, no-store, no-transform, max-age=0, only-if-cached",
};

const token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().optional() });

export function createBruinClient(options: BruinClientOptions): BruinClient {
  const api = connect(options);
  return {
    async call({ texts, inDoubt, asItIs, headers, ...call }, context) {
      try {
        const { requestId, signal } = context;
        const answer = await api.call({
          ...call,
          headers: { ...HEADERS, ...headers },
          expects: asItIs ?? "json",
          signal,
          requestId,
        });
        return asItIs === undefined ? answerOf(answer, texts) : plainAnswerOf(answer);
      } catch (error) {
        if (!(error instanceof ThirdPartyError)) throw error;
        if (error.reason === "bad-path") return refuse(400, error.message);
        if (inDoubt !== undefined && mayBeDone(error)) return inDoubt;
        return silenceOf(error.message, texts);
      }
    },
    urlOf: (path) => `${options.baseUrl}${path}`,
    signIn: (signal) => api.signIn(signal),
    get signedIn() {
      return api.signedIn;
    },
    close: () => api.close(),
  };
}

/** A login that failed on the way never got as far as the call. */
function mayBeDone({ mayHaveArrived, facts }: ThirdPartyError): boolean {
  return mayHaveArrived && facts.system === SYSTEM;
}

/** The API's host, signed in by a token that another host issues. */
function connect(options: BruinClientOptions): ThirdParty {
  const { baseUrl, loginUrl, hostAliases, caFile, logger, metrics, clock } = options;
  const count = apiUsage(metrics);
  const onResponse = ({ status }: Pick<Answer, "status">, { method, path }: Call) => count({ method, path, status });
  const shared = { hostAliases, caFile, logger, metrics, onResponse, ...(clock && { clock }) };
  const identity = createThirdParty({ ...shared, name: "bruin-identity", baseUrl: loginUrl, timeoutMs: 15_000 });
  return createThirdParty({ ...shared, name: SYSTEM, baseUrl, session: clientCredentials(identity, options) });
}

function clientCredentials(identity: ThirdParty, options: BruinClientOptions): Session {
  const basic = Buffer.from(`${options.clientId}:${options.clientSecret}`).toString("base64");
  return {
    async login({ signal, requestId }) {
      const answer = await identity.call({
        method: "POST",
        path: "/identity/connect/token",
        headers: { authorization: `Basic ${basic}` },
        form: { grant_type: "client_credentials", scope: "public_api" },
        signal,
        requestId,
      });
      const { data, success } = token.safeParse(answer.body);
      if (!success) throw new LoginRefused(answer.status);
      const now = options.clock?.now().getTime() ?? Date.now();
      return {
        headers: { authorization: `Bearer ${data.access_token}` },
        ...(data.expires_in !== undefined && { expiresAt: new Date(now + data.expires_in * 1000) }),
      };
    },
  };
}
