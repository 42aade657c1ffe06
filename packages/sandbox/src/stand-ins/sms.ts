import type { HttpBindings } from "@hono/node-server";
import { smsParts } from "@trunkline/contracts";
import { Hono } from "hono";
import { httpKinds } from "../faults/fault.ts";
import type { Messages } from "../world/messages.ts";
import type { StandIn, StandInParts } from "./stand-in.ts";

const host = "sms.example.net";
const accountSid = "AC0sandbox";
const authToken = "sandbox-sms";
const path = `/restcomm/2012-04-24/Accounts/${accountSid}/SMS/Messages.json`;
const sender = "16665550199";

/** An SMS gateway in the manner of Telestax: a form behind Basic authentication. */
export function smsStandIn({ world, random }: StandInParts): StandIn {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;

  app.post(path, async (context) => {
    if (context.req.header("authorization") !== authorization) return context.text("Authentication failed", 401);
    const form = await context.req.parseBody();
    const missing = ["From", "To", "Body"].find((field) => typeof form[field] !== "string" || form[field] === "");
    if (missing !== undefined) return context.text(`Missing parameter ${missing}`, 400);
    const { From: from, To: to, Body: body } = form as { From: string; To: string; Body: string };
    if (!/^\+?\d{5,15}$/.test(to)) return context.text(`Invalid number ${to}`, 400);
    const message = { from, to, body };
    record(world.messages, message);
    return context.json(receipt(message, `SM${random.hex(32)}`));
  });
  app.all("*", (context) => context.text("Not found", 404));

  function receipt(message: { from: string; to: string; body: string }, sid: string) {
    const date = world.clock.now().toUTCString().replace("GMT", "+0000");
    return {
      sid,
      date_created: date,
      date_updated: date,
      account_sid: accountSid,
      ...message,
      status: "queued",
      direction: "outbound-api",
      price: "0",
      price_unit: "USD",
      api_version: "2012-04-24",
      uri: `/2012-04-24/Accounts/${accountSid}/SMS/Messages/${sid}.json`,
    };
  }
  const environment = {
    notifier: {
      TELESTAX_URL: `https://${host}${path}`,
      TELESTAX_ACCOUNT_SID: accountSid,
      TELESTAX_AUTH_TOKEN: authToken,
      TELESTAX_FROM_PHONE_NUMBER: sender,
    },
  };
  return { system: "sms", hosts: [host], app, faultKinds: httpKinds, environment };
}

function record(messages: Messages, { from, to, body }: { from: string; to: string; body: string }): void {
  const { encoding, parts } = smsParts(body);
  messages.add({ channel: "sms", from, to, text: body, parts: parts.length, encoding });
}
