/** What the sandbox's faults are, in words, and which of them a third party can have. */

/** @type {Record<string, string>} */
export const systemWords = {
  velocloud: "VeloCloud",
  bruin: "Bruin",
  slack: "Slack",
  sms: "SMS gateway",
  smtp: "Mail server",
};

/** @type {Record<string, string>} */
export const kindWords = {
  latency: "Slow answer",
  401: "401, not signed in",
  403: "403, forbidden",
  404: "404, not found",
  429: "429, too many requests",
  500: "500, internal error",
  502: "502, bad gateway",
  503: "503, unavailable",
  504: "504, gateway timeout",
  garbage: "Garbage as an answer",
  truncated: "Answer cut off",
  html: "HTML instead of JSON",
  "hang-up": "Hangs up",
  stall: "Never answers",
  "expired-session": "Forgets the session",
  "auth-refused": "535, login refused",
  "recipient-refused": "550, recipient refused",
  unavailable: "421, unavailable",
};

const shared = ["hang-up", "stall", "latency"];
const http = ["500", "401", "403", "404", "429", "502", "503", "504", "garbage", "truncated", "html", ...shared];
const signedIn = [...http, "expired-session"];
const smtp = ["unavailable", "auth-refused", "recipient-refused", ...shared];

/** @type {Record<string, string[]>} the likeliest first */
export const kindsOf = { velocloud: signedIn, bruin: signedIn, slack: http, sms: http, smtp };
