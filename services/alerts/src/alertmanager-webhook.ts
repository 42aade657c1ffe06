import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { bodyLimit } from "hono/body-limit";
import type { Logger } from "pino";
import { type Notice, notice } from "./alertmanager-notice.ts";

export interface Webhook {
  readonly port: number;
  close(): Promise<void>;
}

export interface WebhookOptions {
  /** 0 takes any free one. */
  readonly port: number;
  /** What Alertmanager has to show as bearer. */
  readonly token: string;
  readonly logger: Logger;
  receive(notice: Notice): Promise<void>;
}

const LARGEST_BODY = 1_048_576;

/** Takes what Alertmanager posts. What cannot be told now is answered with 503, and Alertmanager posts it again. */
export async function openWebhook({ port, token, logger, receive }: WebhookOptions): Promise<Webhook> {
  const app = new Hono();
  app.use("/alertmanager", bearerAuth({ token }), bodyLimit({ maxSize: LARGEST_BODY }));
  app.post("/alertmanager", async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined);
    const read = notice.safeParse(body);
    if (!read.success) {
      const [issue] = read.error.issues;
      return context.json({ error: `${issue?.path.join(".") || "body"}: ${issue?.message}` }, 400);
    }
    try {
      await receive(read.data);
    } catch (error) {
      logger.error({ err: error }, "what Alertmanager sent could not be told");
      return context.json({ error: "it could not be told" }, 503);
    }
    return context.json({});
  });
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port }, (address) => {
      resolve({
        port: address.port,
        close: () => new Promise((closed) => server.close(() => closed())),
      });
    });
    server.once("error", reject);
  });
}
