import { type DestinationStream, type Logger, type LoggerOptions, pino, stdTimeFunctions } from "pino";
import { concealer } from "./conceal.ts";

export interface LoggerFacts {
  readonly service: string;
  readonly environment?: string;
  readonly version: string;
  readonly level?: string;
  /** Texts that no line may hold. */
  readonly concealed?: readonly string[];
  /** @default standard output */
  readonly destination?: DestinationStream;
}

/** Names under which libraries and third parties carry credentials, in the log object or up to two levels below. */
const CREDENTIALS = [
  "authorization",
  "Authorization",
  "cookie",
  "Cookie",
  "set-cookie",
  "password",
  "token",
  "access_token",
  "client_secret",
];

/** One JSON line for each event. */
export function createLogger(facts: LoggerFacts): Logger {
  const { service, environment, version, level = "info", concealed = [] } = facts;
  const options: LoggerOptions = {
    level,
    base: { service, environment, version },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: CREDENTIALS.flatMap(pathsTo), censor: "[concealed]" },
    hooks: { streamWrite: concealer(concealed) },
  };
  // Written at once rather than buffered: the last line before an exit is the one that is needed.
  return pino(options, facts.destination ?? pino.destination({ fd: 1, sync: true }));
}

function pathsTo(name: string): string[] {
  const key = name.includes("-") ? `["${name}"]` : name;
  const dotted = name.includes("-") ? key : `.${key}`;
  return [key, `*${dotted}`, `*.*${dotted}`];
}
