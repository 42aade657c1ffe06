import { DOWN } from "@trunkline/testkit";
import { describe, expect, it } from "vitest";
import {
  autoResolvedMessage,
  createdMessage,
  forwardedMessage,
  handedOverMessage,
  rebootedMessage,
  remindedMessage,
  reopenedMessage,
  severityMessage,
  whereaboutsOf,
} from "./messages.ts";
import { settings } from "./testing/acme.ts";
import { outageIn } from "./testing/outage.ts";

const voice = settings();
const linkDown = outageIn({ GE1: DOWN });
const hardDown = outageIn({ edge: "OFFLINE", GE1: DOWN, GE2: { ...DOWN, displayName: null } }, "Hard Down (no HA)");
const place = whereaboutsOf(linkDown);

describe("a person at three in the morning reads", () => {
  const at = { ticketId: 9001, interface: "GE2" };
  const forward = { ticketId: 9001, queue: "HNOC Investigate", place, detailId: null };

  it.each([
    ["that a modem was rebooted", rebootedMessage(linkDown, at, voice), "DiGi modem on GE2 rebooted for Acme Foods"],
    [
      "that it did not help",
      handedOverMessage(linkDown, at, voice),
      "moved to Wireless Repair Intervention Needed for Acme",
    ],
    ["that a customer was reminded", remindedMessage(linkDown, 9001, voice), "Customer reminded of ticket 9001"],
    [
      "that people have a task",
      forwardedMessage(forward, voice),
      "Task of ticket 9001 moved to HNOC Investigate for Acme",
    ],
    ["which of several", forwardedMessage({ ...forward, detailId: 12 }, voice), "Task 12 of ticket 9001 moved"],
  ])("%s, and which ticket", (_, message, part) => {
    expect(message).toContain(part);
    expect(message).toContain("ACME-0007 (VC100) on vco2.example.net");
    expect(message.endsWith("\nhttps://bruin.example.net/t/9001")).toBe(true);
  });

  it("that a link is down: what, where, since when, which ticket", () => {
    expect(createdMessage(linkDown, 9001, voice)).toBe(
      `*Link Down (no HA)*: ticket 9001 created for Acme Foods, edge ACME-0007 (VC100) on vco2.example.net.
Down: GE1 (Fiber 100M). The edge itself is up. Since 2022-06-03 10:57:00-04:00 or a little earlier.
https://bruin.example.net/t/9001`,
    );
  });

  it("that an edge is down, and when it was last heard of", () => {
    const status = { ...hardDown.status, lastContact: "2022-06-03T14:51:30.000Z" };
    expect(reopenedMessage({ ...hardDown, status }, 9001, voice)).toBe(
      `*Hard Down (no HA)*: ticket 9001 re-opened for Acme Foods, edge ACME-0007 (VC100) on vco2.example.net.
The edge is offline. Links down: GE1 (Fiber 100M), GE2. Last heard of at 2022-06-03 10:51:30-04:00.
https://bruin.example.net/t/9001`,
    );
  });

  it.each([
    ["Soft Down (HA)", "READY", "The edge is offline; its partner VC200 carries on. Since"],
    ["Hard Down (HA)", "FAILED", "The edge is offline, and so is its partner VC200. Since"],
  ] as const)("in %s how the pair is", (type, ha, sentence) => {
    expect(createdMessage(outageIn({ ha, edge: "OFFLINE" }, type), 9001, voice)).toContain(sentence);
  });

  it("that a severity was changed", () => {
    expect(severityMessage(linkDown, { ticketId: 9001, from: 4, to: 3 }, voice)).toBe(
      "Severity of ticket 9001 changed from 4 to 3 for Acme Foods, edge ACME-0007 (VC100) on vco2.example.net: Link Down (no HA).\nhttps://bruin.example.net/t/9001",
    );
    expect(severityMessage(linkDown, { ticketId: 9001, from: null, to: 3 }, voice)).toContain("changed to 3 for");
  });

  it.each([
    ["Link Down (no HA)", "*Link Down (no HA)* is over: ticket 9001 auto-resolved for Acme Foods"],
    [null, "*Outage* is over: ticket 9001 auto-resolved for Acme Foods"],
  ])("that %s is over", (outageType, start) => {
    const message = autoResolvedMessage(
      place,
      { ticketId: 9001, outageType, outageAt: "2022-06-03T13:40:00.000Z" },
      voice,
    );
    expect(message.startsWith(start)).toBe(true);
    expect(message).toContain("Written down at 2022-06-03 09:40:00-04:00");
    expect(message.endsWith("\nhttps://bruin.example.net/t/9001")).toBe(true);
  });
});

it("cannot be made to call the channel by a label", () => {
  const outage = outageIn({ GE1: { ...DOWN, displayName: "<!channel> & more" } });
  expect(createdMessage(outage, 9001, voice)).toContain("GE1 (&lt;!channel&gt; &amp; more)");
});
