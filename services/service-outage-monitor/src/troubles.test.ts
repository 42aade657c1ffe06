import { pino } from "pino";
import { expect, it, vi } from "vitest";
import { createTroubles } from "./troubles.ts";

const error = new Error("away");

it("tells of a trouble once while it lasts, and again when it comes back", async () => {
  const troubles = createTroubles(pino({ level: "silent" }));
  const tell = vi.fn(async () => {});
  await troubles.met("reading vco1", error, tell);
  await troubles.met("reading vco1", error, tell);
  expect(tell).toHaveBeenCalledTimes(1);
  await troubles.met("reading vco2", error, tell);
  expect(tell).toHaveBeenCalledTimes(2);
  troubles.over("reading vco1");
  await troubles.met("reading vco1", error, tell);
  expect(tell).toHaveBeenCalledTimes(3);
});

it("tries again to tell when nobody could be told", async () => {
  const troubles = createTroubles(pino({ level: "silent" }));
  const tell = vi.fn(async () => {});
  tell.mockRejectedValueOnce(new Error("no NATS"));
  await troubles.met("reading vco1", error, tell);
  await troubles.met("reading vco1", error, tell);
  await troubles.met("reading vco1", error, tell);
  expect(tell).toHaveBeenCalledTimes(2);
});
