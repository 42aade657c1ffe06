import { expect, test } from "vitest";
import { natsAccess, redisAccess } from "./broker-access.ts";

const nothing = {
  NATS_SERVER1: "nats://nats.example.net",
  NATS_USER: undefined,
  NATS_PASSWORD: undefined,
  REDIS_USERNAME: undefined,
  REDIS_PASSWORD: undefined,
  BROKER_CA: undefined,
};

test("without passwords and an authority, brokers are reached as they are addressed", () => {
  expect(natsAccess("desk", nothing)).toEqual({
    servers: nothing.NATS_SERVER1,
    credentials: undefined,
    tls: undefined,
  });
  expect(redisAccess("desk", "redis.example.net", nothing)).toEqual({
    url: "redis://redis.example.net:6379",
    options: {},
  });
});

test("with a password, a service is a user of its own name, or of the one that it is given", () => {
  const config = { ...nothing, NATS_PASSWORD: "n", REDIS_PASSWORD: "r" };
  expect(natsAccess("desk", config).credentials).toEqual({ user: "desk", password: "n" });
  expect(redisAccess("desk", "redis.example.net", config).options).toEqual({ username: "desk", password: "r" });
  const named = { ...config, NATS_USER: "other", REDIS_USERNAME: "default" };
  expect(natsAccess("desk", named).credentials).toEqual({ user: "other", password: "n" });
  expect(redisAccess("desk", "redis.example.net", named).options).toEqual({ username: "default", password: "r" });
});

test("an authority is what both brokers are checked against, also behind a rediss:// address", () => {
  const config = { ...nothing, BROKER_CA: "-----BEGIN CERTIFICATE-----" };
  expect(natsAccess("desk", config).tls).toEqual({ ca: config.BROKER_CA });
  expect(redisAccess("desk", "rediss://redis.example.net:6380", config)).toEqual({
    url: "redis://redis.example.net:6380",
    options: { tls: { ca: config.BROKER_CA } },
  });
});
