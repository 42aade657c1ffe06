/** What the sandbox's faults are, in words; a third party or a fault without words goes by its name. */

/** @type {Record<string, string>} */
export const systemWords = {
  velocloud: "VeloCloud",
  bruin: "Bruin",
  slack: "Slack",
  sms: "SMS gateway",
  smtp: "Mail server",
  imap: "Mailboxes",
  hawkeye: "Hawkeye",
  t7: "T7",
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
  "auth-refused": "Login refused",
  "recipient-refused": "550, recipient refused",
  refused: "NO to a command",
  unavailable: "Unavailable, try later",
};
