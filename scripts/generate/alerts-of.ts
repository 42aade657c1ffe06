import { globSync, readFileSync } from "node:fs";
import type { ServiceDefinition } from "@trunkline/service";
import { parse } from "yaml";
import { z } from "zod";

const rules = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});

type Facts = Pick<ServiceDefinition, "serves" | "consumes" | "schedules" | "jobs" | "redis" | "config">;

/** Which services tell of a metric, by how its name begins; all services tell of the others. */
const tellers: Readonly<Record<string, (facts: Facts) => boolean>> = {
  bus_handler_: ({ serves }) => serves.length > 0,
  bus_dropped_: ({ serves }) => serves.length > 0,
  bus_stream_: ({ consumes }) => consumes.some(({ stream }) => stream !== null),
  schedule_: ({ schedules }) => schedules.length > 0,
  job_: ({ jobs }) => jobs.length > 0,
  jobs_: ({ jobs }) => jobs.length > 0,
  cache_: ({ redis }) => redis.includes("customer-cache"),
  third_party_: ({ config }) => "HOST_ALIASES" in config,
};

/** Names of the alerts that fire about some services rather than about all of them or the brokers, for one of these. */
export function alertsOf(name: string, facts: Facts): string[] {
  const files = globSync("deploy/prometheus/rules/*.yml").sort();
  const all = files.flatMap((path) =>
    rules.parse(parse(readFileSync(path, "utf8"))).groups.flatMap((group) => group.rules),
  );
  const concerning = all.filter(({ expr }) => {
    const beginnings = Object.keys(tellers).filter((beginning) => new RegExp(`\\b${beginning}`).test(expr));
    return beginnings.some((beginning) => tellers[beginning]?.(facts)) && !excludes(expr, name);
  });
  return [...new Set(concerning.map(({ alert }) => alert))];
}

/** Whether a rule leaves a service out by `service!~"…"`. */
function excludes(expr: string, service: string): boolean {
  const pattern = /service!~"([^"]*)"/.exec(expr)?.[1];
  return pattern !== undefined && new RegExp(`^(?:${pattern})$`).test(service);
}
