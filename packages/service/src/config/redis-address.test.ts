import { expect, test } from "vitest";
import { redisUrl } from "./redis-address.ts";

test.each([
  ["redis.example.net", "redis://redis.example.net:6379"],
  ["127.0.0.1:7001", "redis://127.0.0.1:7001"],
  ["[::1]:7001", "redis://[::1]:7001"],
  ["rediss://me:secret@redis.example.net:6380/1", "rediss://me:secret@redis.example.net:6380/1"],
  ["redis.example.net:99999", undefined],
  ["http://redis.example.net", undefined],
  ["a b", undefined],
])("%s", (address, url) => {
  expect(redisUrl(address)).toBe(url);
});
