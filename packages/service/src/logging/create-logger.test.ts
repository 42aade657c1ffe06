import { expect, test } from "vitest";
import { createLogger } from "./create-logger.ts";

function lines(concealed: readonly string[] = []) {
  const written: string[] = [];
  const destination = { write: (line: string) => written.push(line) };
  const logger = createLogger({
    service: "acme-bridge",
    environment: "test",
    version: "1.0.0",
    concealed,
    destination,
  });
  return { logger, read: () => written.map((line) => JSON.parse(line) as Record<string, unknown>), written };
}

test("one line of JSON says who, where and when", () => {
  const { logger, read, written } = lines();
  logger.child({ requestId: "r1" }).info("hello");
  expect(read()).toEqual([
    {
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      service: "acme-bridge",
      environment: "test",
      version: "1.0.0",
      requestId: "r1",
      msg: "hello",
    },
  ]);
  expect(written[0]?.endsWith("\n")).toBe(true);
});

test.each([
  ["a message", (secret: string) => [{}, `signing in with ${secret}`]],
  ["an error and its stack", (secret: string) => [{ err: new Error(`bad ${secret}`) }, "failed"]],
  ["a nested value", (secret: string) => [{ a: [{ b: secret }] }, "x"]],
  ["a key", (secret: string) => [{ [secret]: 1 }, "x"]],
])("a secret of the configuration shows nowhere: %s", (_name, entry) => {
  const secret = 'p"ss\\word\n1';
  const { logger, written, read } = lines([secret, "p"]);
  const [object, message] = entry(secret);
  logger.error(object as object, message as string);
  expect(written.join()).not.toContain("word");
  expect(written.join()).toContain("[concealed]");
  expect(read()).toHaveLength(1);
});

test("a secret of digits is also found as a number, and the line stays JSON", () => {
  const { logger, read } = lines(["123456"]);
  logger.info({ pin: 123456, other: 91234567 }, "x");
  expect(read()[0]).toMatchObject({ pin: "[concealed]", other: 91234567 });
});

test.each([
  [{ authorization: "Bearer x" }],
  [{ headers: { Authorization: "x", cookie: "x" } }],
  [{ request: { headers: { "set-cookie": "x" } } }],
  [{ user: { password: "x" }, token: "x" }],
])("credentials are taken out by their names: %j", (object) => {
  const { logger, written } = lines();
  logger.info(object, "m");
  expect(written.join()).not.toMatch(/"x"|Bearer/);
});
