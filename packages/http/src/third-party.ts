import { systemClock } from "@trunkline/clock";
import { isLoopback } from "@trunkline/third-party";
import { createExchange } from "./exchange.ts";
import { keepSession } from "./session.ts";
import type { ThirdParty, ThirdPartyOptions } from "./types.ts";

/**
 * Opens the way to one host of a third party: every call goes through its queue and its breaker, is bounded in time
 * and size, carries the session, and leaves a metric and a line in the log.
 *
 * @example
 * const slack = createThirdParty({ name: "slack", baseUrl: "https://hooks.slack.example.net", logger, metrics });
 * const answer = await slack.call({ method: "POST", path: "/services/{id}", pathParams: { id }, json, signal, requestId });
 *
 * @throws TypeError when the base URL is none, carries credentials or a query, or is plain HTTP to another machine
 */
export function createThirdParty(options: ThirdPartyOptions): ThirdParty {
  const baseUrl = checkedBaseUrl(options.baseUrl);
  const exchange = createExchange(options, baseUrl);
  const session =
    options.session &&
    keepSession({
      session: options.session,
      call: (request, caller) => exchange.run({ ...request, ...caller }),
      facts: { system: options.name, host: baseUrl.hostname },
      clock: options.clock ?? systemClock,
      logger: options.logger,
    });
  return {
    host: baseUrl.hostname,
    call: (call) =>
      session === undefined ? exchange.run(call) : session.run(call, (headers) => exchange.run(call, headers)),
    signIn: (signal) => session?.signIn(signal) ?? Promise.resolve(),
    get signedIn() {
      return session?.signedIn ?? true;
    },
    close() {
      session?.close();
      exchange.close();
    },
  };
}

function checkedBaseUrl(text: string): URL {
  // The text may hold a secret, so that no complaint repeats it.
  if (!URL.canParse(text)) throw new TypeError("the base URL of a third party is no URL");
  const url = new URL(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    throw new TypeError("the base URL of a third party begins with https://");
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new TypeError("the base URL of a third party has no credentials, query or fragment");
  }
  return url;
}
