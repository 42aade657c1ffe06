import { NOW } from "@trunkline/testkit";
import { expect, it } from "vitest";
import { decideModem } from "./decide-modem.ts";

const reboot = (name: string, minutesAgo: number) => ({
  interface: name,
  at: new Date(NOW.getTime() - minutesAgo * 60_000),
});

it.each([
  ["was never rebooted", [], false, "wait"],
  ["A14: was rebooted 40 minutes ago", [reboot("GE2", 40)], false, "hand over"],
  ["was rebooted 30 minutes ago", [reboot("GE2", 30)], false, "hand over"],
  ["A15: was rebooted 29 minutes ago", [reboot("GE2", 29)], false, "wait"],
  ["A17: was handed over", [reboot("GE2", 40)], true, "wait"],
  ["A16: has a neighbour that was rebooted", [reboot("GE3", 40)], false, "reboot"],
  ["has a neighbour that was rebooted and handed over", [reboot("GE3", 40)], true, "reboot"],
  ["has a neighbour that was rebooted just now", [reboot("GE3", 10)], false, "wait"],
  ["was rebooted before its neighbour", [reboot("GE2", 50), reboot("GE3", 10)], false, "hand over"],
  ["was rebooted after its neighbour", [reboot("GE3", 50), reboot("GE2", 10)], false, "wait"],
  ["was rebooted twice", [reboot("GE2", 50), reboot("GE2", 10)], false, "wait"],
  ["was rebooted at an unknown time", [{ interface: "GE2", at: null }], false, "hand over"],
])("a modem that %s", (_, reboots, movedToWireless, expected) => {
  expect(decideModem("GE2", { reboots, movedToWireless }, { now: NOW, graceMs: 1_800_000 })).toBe(expected);
});
