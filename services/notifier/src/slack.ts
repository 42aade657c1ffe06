import { type MessageContext, RetryLater, Undeliverable } from "@trunkline/bus";
import { type Answer, createThirdParty, ThirdPartyError, type ThirdPartyOptions } from "@trunkline/http";
import { slackText } from "./slack-text.ts";
import { webAddress } from "./web-address.ts";

export interface Slack {
  /**
   * Posts a text to the channel.
   * @throws RetryLater when Slack could not take it now
   * @throws Undeliverable when Slack will never take it
   */
  post(text: string, context: Pick<MessageContext, "signal" | "requestId">): Promise<void>;
  close(): void;
}

type SlackOptions = Pick<ThirdPartyOptions, "hostAliases" | "caFile" | "logger" | "metrics"> & {
  /** The incoming webhook's URL, which is a secret. */
  readonly webhook: string;
};

export function createSlack({ webhook, ...options }: SlackOptions): Slack {
  const { baseUrl, ...address } = webAddress(webhook);
  const slack = createThirdParty({ ...options, name: "slack", baseUrl, timeoutMs: 20_000 });
  return {
    async post(text, { signal, requestId }) {
      const call = { ...address, method: "POST", json: { text: slackText(text) }, expects: "text" } as const;
      const answer = await slack.call({ ...call, signal, requestId }).catch(onSilence);
      throwUnlessTaken(answer);
    },
    close: () => slack.close(),
  };
}

function onSilence(error: unknown): never {
  if (error instanceof ThirdPartyError) throw new RetryLater({ cause: error });
  throw error;
}

/**
 * A message that Slack finds malformed or too long will never pass. Everything else passes once somebody has mended
 * the webhook, or Slack has recovered.
 */
export function throwUnlessTaken({
  status,
  text,
  retryAfterMs,
}: Pick<Answer, "status" | "text" | "retryAfterMs">): void {
  if (status >= 200 && status < 300) return;
  const because = `Slack answered ${status}${text === undefined ? "" : ` ${text.slice(0, 100)}`}`;
  if (status === 400 || status === 413) throw new Undeliverable(because);
  throw new RetryLater({ message: because, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}
