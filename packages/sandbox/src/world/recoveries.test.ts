import { movableClock } from "@trunkline/clock";
import { beforeEach, expect, it } from "vitest";
import { createWorld, type World } from "./world.ts";

const clock = movableClock(new Date("2026-03-01T12:00:00Z"));
let world: World;

beforeEach(() => {
  world = createWorld({ clock, seed: 1, fleet: { edges: 6 }, apiUser: "test", mailAccounts: {} });
});

/** A modem's line is dead and DiGi is asked to recover it. */
function recover() {
  const [edge] = world.network.fleet.edges;
  const link = edge?.links[1];
  if (edge === undefined || link === undefined) throw new Error("the fleet has no such edge");
  world.network.failLink(edge.serial, link.interface);
  const start = () => world.recoveries.start({ edge, link, serial: edge.serial, ticket: "5200001" });
  start();
  return { edge, link, again: start };
}

const methods = () => world.recoveries.steps().map(({ method, success }) => [method, success]);

it("one way is tried after the other while the line stays dead", () => {
  recover();
  expect(methods()).toEqual([["API Start", null]]);
  clock.advance(40_000);
  expect(methods()).toEqual([
    ["API Start", true],
    ["Ping", false],
    ["SSH", null],
  ]);
  clock.advance(3_600_000);
  expect(methods().map(([, success]) => success)).toEqual([true, false, false, false, false]);
});

it("the way that was being tried when the line came back is the last", () => {
  const { edge, link } = recover();
  clock.advance(50_000);
  world.network.healLink(edge.serial, link.interface);
  clock.advance(3_600_000);
  expect(methods()).toEqual([
    ["API Start", true],
    ["Ping", false],
    ["SSH", true],
  ]);
});

it("a second order is refused while the first goes on", () => {
  const { again } = recover();
  clock.advance(349_000);
  expect(again).toThrow("being recovered already");
  clock.advance(1_000);
  expect(again().id).toBe(42);
});

it("a recovery that worked makes way for another", () => {
  const { edge, link, again } = recover();
  world.network.healLink(edge.serial, link.interface);
  clock.advance(35_000);
  expect(again().id).toBe(42);
});
