import type { HandlerReply } from "./types.ts";

/** A handler's answer when all went well. */
export function ok<Body>(body: Body, status = 200): HandlerReply<Body> {
  return { status, body };
}

/** A handler's answer when it cannot or will not do what was asked; `body` says why. */
export function refuse<Body>(status: number, body: Body): HandlerReply<Body> {
  return { status, body };
}
