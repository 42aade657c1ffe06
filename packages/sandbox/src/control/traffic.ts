/** A message seen on NATS. */
export interface Traffic {
  /** ISO 8601. */
  readonly at: string;
  /** Of a reply: the subject of the request that it answers. */
  readonly subject: string;
  readonly direction: "request" | "reply" | "publish";
  readonly bytes: number;
  readonly requestId: string | null;
  /** The beginning of the payload, without secrets. */
  readonly preview: string;
}
