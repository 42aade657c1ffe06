import { writeJson } from "./json.ts";
import type { HandlerReply } from "./types.ts";

const LONGEST_ERROR = 200;

/** What `$SRV.STATS` tells about a subject since the service started. */
export class Statistics {
  requests = 0;
  /** Answers with a status of 500 or more: those of a broken service, not of a bad or refused request. */
  errors = 0;
  lastError: string | undefined;
  nanoseconds = 0;

  add({ status, body }: HandlerReply, milliseconds: number): void {
    this.requests += 1;
    this.nanoseconds += Math.round(milliseconds * 1e6);
    if (status < 500) return;
    this.errors += 1;
    // What the requester was told may be told here; an error's own text is for the log.
    this.lastError = `${status} ${writeJson(body).slice(0, LONGEST_ERROR)}`;
  }
}
