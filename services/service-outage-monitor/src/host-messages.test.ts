import { CallFailed } from "@trunkline/monitor";
import { describe, expect, it } from "vitest";
import { blindMessage, massOutageMessage, massRecoveryMessage, oddEdgesMessage } from "./host-messages.ts";
import { settings } from "./testing/acme.ts";

const voice = settings();

describe("a person at three in the morning reads", () => {
  it("that nothing is seen on a host", () => {
    expect(blindMessage("vco2.example.net", new CallFailed("get.links.with.edge.info", 500))).toContain(
      "blind on vco2.example.net: `get.links.with.edge.info` answered with status 500",
    );
  });

  it("that nothing is seen on a host yet", () => {
    expect(blindMessage("vco2.example.net", new CallFailed("customer.cache.get", 202))).toBe(
      "Outages on vco2.example.net are not watched yet: the customer cache is still being built. It begins by itself.",
    );
  });

  it("no endless list of edges", () => {
    const serials = Array.from({ length: 12 }, (_, index) => `VC${index}`);
    expect(oddEdgesMessage("vco2.example.net", serials)).toMatch(/VC9 and 2 more\.$/);
  });

  it("that thousands of edges are down: what, whose, since when, and that they hear no more of it", () => {
    const edge = (clientName: string | null, outageType = "Hard Down (no HA)") => ({ clientName, outageType });
    const stillDown = [
      ...Array(3).fill(edge("Acme Foods")),
      edge("Northwind", "Link Down (no HA)"),
      ...["A", "B", "C", "D", null].map((name) => edge(name)),
    ];
    const found = { host: "vco2.example.net", since: "2022-06-03T15:00:00.000Z", edges: 12, stillDown };
    expect(massOutageMessage(found, voice)).toBe(
      `*Mass outage* on vco2.example.net: 12 edges went down at 2022-06-03 11:00:00-04:00 or a little earlier, 9 are still down.
What: 8 Hard Down (no HA), 1 Link Down (no HA). Whose: Acme Foods (3), Northwind (1), A (1), B (1), C (1) and 2 other customers.
Each gets its ticket with note and severity, of which Slack does not hear singly: https://bruin.example.net/t`,
    );
  });

  it("that they have healed", () => {
    expect(massRecoveryMessage("vco2.example.net", 40, voice)).toContain("40 outages on vco2.example.net are over");
  });
});
