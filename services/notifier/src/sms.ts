import { type HandlerReply, type RequestContext, refuse } from "@trunkline/bus";
import { smsParts } from "@trunkline/contracts";
import { type Answer, createThirdParty, ThirdPartyError, type ThirdPartyOptions } from "@trunkline/http";
import { Counter } from "prom-client";
import { webAddress } from "./web-address.ts";

export interface Sms {
  /** The gateway's status with its JSON, or with its words where it refuses; 500 when the SMS was not sent. */
  send(
    sms: { to: string; text: string },
    context: Pick<RequestContext, "signal" | "requestId" | "logger">,
  ): Promise<HandlerReply>;
  close(): void;
}

export interface SmsOptions extends Pick<ThirdPartyOptions, "hostAliases" | "caFile" | "logger" | "metrics"> {
  /** The complete address that messages are posted to; without it, every SMS is refused. */
  readonly url: string | undefined;
  readonly accountSid: string;
  readonly authToken: string;
  /** The sender's number. */
  readonly from: string;
}

/** More of an error page is of no use to a requester. */
const LONGEST_TEXT = 500;

const NO_GATEWAY = refuse(501, "No SMS gateway is configured");

/**
 * The gateway may have sent the SMS, and cannot be asked. A reply below 500 is remembered, so that another attempt
 * with the same key gets it too instead of a second SMS.
 */
const IN_DOUBT = refuse(409, "The SMS may have been sent: the gateway has not said so; it is not sent again");

export function createSms({ url, accountSid, authToken, from, ...options }: SmsOptions): Sms {
  if (url === undefined) return { send: async () => NO_GATEWAY, close: () => undefined };
  const { baseUrl, ...address } = webAddress(url);
  const gateway = createThirdParty({ ...options, name: "sms", baseUrl, timeoutMs: 20_000 });
  const credentials = Buffer.from(`${accountSid}:${authToken}`).toString("base64");
  const sentParts = new Counter({
    name: "notifier_sms_parts_total",
    help: "Short messages that the gateway took; a long text is several",
    labelNames: ["encoding"],
    registers: [options.metrics],
  });
  const headers = { Accept: "text/plain", Authorization: `Basic ${credentials}` };
  return {
    async send({ to, text }, { signal, requestId, logger }) {
      const form = { From: from, To: to, Body: text };
      try {
        // The gateway announces text and sends JSON, so what it sends is looked at rather than what it says.
        const call = { ...address, method: "POST", headers, form, expects: "json-or-text" } as const;
        const reply = replyOf(await gateway.call({ ...call, signal, requestId }));
        const { encoding, parts } = smsParts(text);
        if (reply.status < 300) sentParts.inc({ encoding }, parts.length);
        return reply;
      } catch (error) {
        if (!(error instanceof ThirdPartyError)) throw error;
        if (error.mayHaveArrived) return IN_DOUBT;
        logger.warn({ err: error }, "an SMS was not sent");
        return refuse(500, `Error: SMS not sent, exception: ${error.reason}`);
      }
    },
    close: () => gateway.close(),
  };
}

/** A redirect or another oddity is a failure like any other. */
export function replyOf({ status, body, text }: Pick<Answer, "status" | "body" | "text">): HandlerReply {
  if (status >= 200 && status < 300) return { status, body: text?.slice(0, LONGEST_TEXT) ?? body };
  const words = text ?? JSON.stringify(body);
  return refuse(status >= 400 && status < 600 ? status : 500, words.slice(0, LONGEST_TEXT));
}
