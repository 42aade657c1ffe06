import { contractsOf } from "@trunkline/contracts";
import { expect, test } from "vitest";
import { z } from "zod";
import { text } from "./config/env-text.ts";
import { defineService } from "./define-service.ts";
import type { ServiceDefinition } from "./types.ts";

const { request } = contractsOf("acme-bridge", "acme_bridge");
const ping = request({
  subject: "acme.ping",
  effect: "read",
  timeoutSeconds: 5,
  description: "Answers.",
  body: z.object({}),
  reply: z.object({}),
});

const sound = {
  name: "acme-bridge",
  summary: "Acme behind NATS subjects.",
  config: {},
  serves: [],
  asks: [],
  publishes: [],
  consumes: [],
  redis: [],
  schedules: [],
  jobs: [],
  start: async () => undefined,
} satisfies ServiceDefinition;

test("a sound definition is what it was, frozen", () => {
  const definition = defineService({ ...sound, serves: [ping] });
  expect(definition.serves).toEqual([ping]);
  expect(Object.isFrozen(definition)).toBe(true);
});

test.each<[string, Partial<ServiceDefinition>]>([
  ["its name must be lower case", { name: "Acme_Bridge" }],
  ["belong to all services", { name: "jobs" }],
  ["HEALTH_PORT is a variable that every service has", { config: { HEALTH_PORT: text() } }],
  ["acme.ping stands twice in what it asks", { asks: [ping, ping] }],
  ["acme.ping stands twice in what it answers", { serves: [ping, ping] }],
  ["acme.ping belongs to acme-bridge", { name: "other-bridge", serves: [ping] }],
  ["sweep stands twice", { schedules: ["sweep", "sweep"] }],
])("refuses: %s", (complaint, change) => {
  expect(() =>
    defineService<typeof sound.config, never, never, never, never>({ ...sound, ...change } as never),
  ).toThrow(complaint);
});
