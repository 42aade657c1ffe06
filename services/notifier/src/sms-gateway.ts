import type { HandlerReply, RequestContext } from "@trunkline/bus";
import { createThirdParty, ThirdPartyError, type ThirdPartyOptions } from "@trunkline/http";
import { webAddress } from "./web-address.ts";

export interface SmsGateway {
  /** The gateway's status with its JSON; the status alone with the gateway's text otherwise; 500 without an answer. */
  send(sms: { to: string; text: string }, context: Pick<RequestContext, "signal" | "requestId">): Promise<HandlerReply>;
  close(): void;
}

export type SmsGatewayOptions = Pick<ThirdPartyOptions, "hostAliases" | "caFile" | "logger" | "metrics"> & {
  /** The complete address that messages are posted to. */
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** The sender's number. */
  readonly from: string;
};

/** More of an error page is of no use to a requester. */
const LONGEST_TEXT = 500;

export function createSmsGateway({ url, accountSid, authToken, from, ...options }: SmsGatewayOptions): SmsGateway {
  const { baseUrl, ...address } = webAddress(url);
  const gateway = createThirdParty({ ...options, name: "sms", baseUrl, timeoutMs: 20_000 });
  const credentials = Buffer.from(`${accountSid}:${authToken}`).toString("base64");
  return {
    async send({ to, text }, { signal, requestId }) {
      try {
        const answer = await gateway.call({
          ...address,
          method: "POST",
          headers: { Accept: "text/plain", Authorization: `Basic ${credentials}` },
          form: { From: from, To: to, Body: text },
          // The gateway announces text and sends JSON; what it sends is looked at, because the SMS is gone either way.
          expects: "text",
          signal,
          requestId,
        });
        return replyOf(answer.status, answer.text ?? JSON.stringify(answer.body));
      } catch (error) {
        if (!(error instanceof ThirdPartyError)) throw error;
        return { status: 500, body: `Error: SMS not sent, exception: ${error.message}` };
      }
    },
    close: () => gateway.close(),
  };
}

/** Redirects and other oddities are a failure like any other. */
export function replyOf(status: number, text: string): HandlerReply {
  if (status >= 200 && status < 300) return { status, body: parsed(text) };
  return { status: status >= 400 && status < 600 ? status : 500, body: text.slice(0, LONGEST_TEXT) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, LONGEST_TEXT);
  }
}
