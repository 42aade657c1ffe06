import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

test("the same thing is worked on by one after the other, different things at once", async () => {
  const turns = createTurns();
  const log: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = turns.take("a", async () => {
    log.push("first begins");
    await gate.promise;
    log.push("first ends");
  });
  const second = turns.take("a", async () => log.push("second"));
  await turns.take("b", async () => log.push("elsewhere"));
  gate.resolve();
  await Promise.all([first, second]);
  expect(log).toEqual(["first begins", "elsewhere", "first ends", "second"]);
});

test("one that fails fails alone", async () => {
  const turns = createTurns();
  const broken = turns.take("a", () => Promise.reject(new Error("broken")));
  const next = turns.take("a", async () => "fine");
  await expect(broken).rejects.toThrow("broken");
  expect(await next).toBe("fine");
});
