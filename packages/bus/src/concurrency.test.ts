import { expect, test } from "vitest";
import { Lanes } from "./concurrency.ts";

function controlled() {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { work: () => promise, resolve, reject };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("so much runs, so much waits, and no more is taken", async () => {
  const lanes = new Lanes(2, 1);
  const [one, two, three] = [controlled(), controlled(), controlled()];
  expect([one, two, three].map(({ work }) => lanes.submit(work))).toEqual([true, true, true]);
  expect(lanes.submit(controlled().work)).toBe(false);
  expect([lanes.running, lanes.waiting]).toEqual([2, 1]);
  one.resolve();
  await settled();
  expect([lanes.running, lanes.waiting]).toEqual([2, 0]);
  two.resolve();
  three.resolve();
  await lanes.idle();
  expect([lanes.running, lanes.waiting]).toEqual([0, 0]);
});

test("work that fails frees its lane", async () => {
  const lanes = new Lanes(1, 1);
  const failing = controlled();
  lanes.submit(failing.work);
  let isFree = false;
  const freed = lanes.free().then(() => {
    isFree = true;
  });
  await settled();
  expect(isFree).toBe(false);
  failing.reject();
  await freed;
  expect(lanes.running).toBe(0);
});

test("a lane is not announced as free while work waits for it", async () => {
  const lanes = new Lanes(1, 1);
  const [one, two] = [controlled(), controlled()];
  lanes.submit(one.work);
  lanes.submit(two.work);
  let isFree = false;
  const freed = lanes.free().then(() => {
    isFree = true;
  });
  one.resolve();
  await settled();
  expect(isFree).toBe(false);
  two.resolve();
  await freed;
});

test("idle lanes are free and idle at once", async () => {
  const lanes = new Lanes(1, 0);
  await Promise.all([lanes.free(), lanes.idle()]);
});
