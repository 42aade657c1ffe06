import { getCustomerInfo, getLinksWithEdgeInfo } from "@trunkline/contracts";
import { expect, test } from "vitest";
import { type AskingBus, askPeers } from "./ask-peers.ts";

type Asked = typeof getCustomerInfo | typeof getLinksWithEdgeInfo;

/** Two bridges that answer with a status, and count. */
function bridges(statusOf: (subject: string) => number) {
  const asked: string[] = [];
  const request: AskingBus<Asked>["request"] = async ({ subject }) => {
    asked.push(subject);
    const status = statusOf(subject);
    if (status >= 300) return { ok: false, status, body: null, withheld: false };
    return { ok: true, status, body: [] as never };
  };
  return { asked, bus: { request } };
}

const serial = { service_number: "P1" };

test.each([
  [404, false],
  [400, false],
  [401, true],
  [410, true],
  [429, true],
  [500, true],
  [504, true],
])("a %i may pass: %j", async (status, transient) => {
  const ask = askPeers<Asked>(bridges(() => status).bus, new AbortController().signal);
  expect(await ask(getCustomerInfo, serial)).toEqual({
    ok: false,
    failure: { subject: "bruin.customer.get.info", status, transient },
  });
});

test("a bridge that is away is not asked for ever, the other one is", async () => {
  const { bus, asked } = bridges((subject) => (subject === getCustomerInfo.subject ? 503 : 200));
  const ask = askPeers<Asked>(bus, new AbortController().signal);
  for (let question = 0; question < 100; question += 1) {
    expect(await ask(getCustomerInfo, serial)).toMatchObject({ ok: false, failure: { status: 503 } });
  }
  expect(asked).toHaveLength(20);
  expect(await ask(getLinksWithEdgeInfo, { host: "vco1.example.net" })).toMatchObject({ ok: true });
});

test("one answer among failures is enough to go on asking", async () => {
  let question = 0;
  const { bus, asked } = bridges(() => {
    question += 1;
    return question % 10 === 0 ? 404 : 500;
  });
  const ask = askPeers<Asked>(bus, new AbortController().signal);
  for (let each = 0; each < 100; each += 1) await ask(getCustomerInfo, serial);
  expect(asked).toHaveLength(100);
});

test("a build that has to stop asks nothing more", async () => {
  const stop = new AbortController();
  const { bus, asked } = bridges(() => 200);
  const ask = askPeers<Asked>(bus, stop.signal);
  stop.abort(new Error("the lease was lost"));
  await expect(ask(getCustomerInfo, serial)).rejects.toThrow("the lease was lost");
  expect(asked).toEqual([]);
});
