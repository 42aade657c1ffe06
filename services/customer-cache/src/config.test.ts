import { expect, test } from "vitest";
import { customerCacheConfig as config } from "./config.ts";

test("variables are read in the forms that the existing fleet writes", () => {
  expect(config.VELOCLOUD_HOSTS.parse('["vco1.example.net","vco2.example.net"]')).toHaveLength(2);
  expect(config.REFRESH_JOB_INTERVAL.parse("14400")).toBe(14_400);
  expect(config.BLACKLISTED_EDGES.parse('[{"host":"vco1.example.net","enterprise_id":12,"edge_id":701}]')).toEqual([
    { host: "vco1.example.net", enterprise_id: 12, edge_id: 701 },
  ]);
  expect(config.BLACKLISTED_CLIENTS_WITH_PENDING_STATUS.parse("[90001]")).toEqual([90001]);
  expect(config.BLACKLISTED_CLIENTS_WITH_PENDING_STATUS.parse("90001, 90002")).toEqual([90001, 90002]);
  expect(config.WHITELISTED_MANAGEMENT_STATUSES.parse('["Pending","Active – Gold Monitoring"]')).toHaveLength(2);
});

test("what is left out has the fleet's usual value", () => {
  expect(config.REFRESH_JOB_INTERVAL.parse(undefined)).toBe(14_400);
  expect(config.REFRESH_CHECK_INTERVAL.parse(undefined)).toBe(300);
  expect(config.WHITELISTED_MANAGEMENT_STATUSES.parse(undefined)).toContain("Active – Platinum Monitoring");
  expect(config.BLACKLISTED_EDGES.parse(undefined)).toEqual([]);
});

test.each([
  ["VELOCLOUD_HOSTS", "[]"],
  ["VELOCLOUD_HOSTS", "vco1.example.net,vco1.example.net"],
  ["REFRESH_JOB_INTERVAL", "0"],
  ["REFRESH_CHECK_INTERVAL", "soon"],
  ["BLACKLISTED_EDGES", '[{"host":"vco1.example.net"}]'],
  ["BLACKLISTED_CLIENTS_WITH_PENDING_STATUS", "Acme"],
] as const)("%s does not take %j", (name, text) => {
  expect(config[name].safeParse(text).success).toBe(false);
});
