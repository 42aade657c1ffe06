import { status as codes, Metadata, type StatusObject } from "@grpc/grpc-js";
import { expect, test, vi } from "vitest";
import { GrpcError } from "./errors.ts";
import { type Answer, greeterClient, startGreeter } from "./testing/scripted-greeter.ts";

const refuse = (code: codes, details = "no") => ({ code, details, metadata: new Metadata() }) satisfies StatusObject;
const thank = (answer: Answer) => answer(null, { name: "thanks" });

async function failure(asking: Promise<unknown>): Promise<GrpcError> {
  const error = await asking.catch((thrown: unknown) => thrown);
  if (!(error instanceof GrpcError)) throw new Error(`expected a GrpcError rather than ${String(error)}`);
  return error;
}

test("a call carries its message and brings the answer, with defaults for what was not sent", async () => {
  await using greeter = await startGreeter((_, answer) => answer(null, { count: 7 }));
  const { ask, close } = greeterClient(greeter.target);
  const message = { name: "Ada", count: 5_000_000_000, others: ["Bo"] };
  expect(await ask({ message })).toEqual({ name: "", count: 7, others: [] });
  expect(greeter.received[0]?.request).toEqual(message);
  close();
});

test.each([
  ["INTERNAL", codes.INTERNAL],
  ["UNAUTHENTICATED", codes.UNAUTHENTICATED],
  ["PERMISSION_DENIED", codes.PERMISSION_DENIED],
  ["RESOURCE_EXHAUSTED", codes.RESOURCE_EXHAUSTED],
  ["DEADLINE_EXCEEDED", codes.DEADLINE_EXCEEDED],
] as const)("the status %s is told with its details", async (reason, code) => {
  await using greeter = await startGreeter((_, answer) => answer(refuse(code, "no upstream")));
  const { ask, metrics, close } = greeterClient(greeter.target);
  const error = await failure(ask());
  expect(error).toMatchObject({ reason, details: "no upstream", message: `greeter: Greet: ${reason}` });
  expect(await metrics.getSingleMetricAsString("third_party_requests_total")).toContain(
    `{system="greeter",host="127.0.0.1",method="gRPC",endpoint="Greet",status="${reason}"} 1`,
  );
  close();
});

test("the third party is told the caller's deadline, and the call ends with it", async () => {
  await using greeter = await startGreeter(() => {});
  const { ask, close } = greeterClient(greeter.target);
  const deadline = Date.now() + 300;
  const error = await failure(ask({ deadline }));
  expect(error).toMatchObject({ reason: "DEADLINE_EXCEEDED", details: "Deadline exceeded" });
  const told = greeter.received[0]?.getDeadline();
  expect(Math.abs(Number(told) - deadline)).toBeLessThan(1_500);
  close();
});

test("a patient deadline is bounded by the limit of our own", async () => {
  await using greeter = await startGreeter(() => {});
  const { ask, close } = greeterClient(greeter.target, { timeoutMs: 200 });
  expect(await failure(ask({ deadline: Date.now() + 60_000 }))).toMatchObject({ reason: "DEADLINE_EXCEEDED" });
  close();
});

test("a caller that leaves ends the call at the third party too", async () => {
  await using greeter = await startGreeter(() => {});
  const { ask, close } = greeterClient(greeter.target);
  const caller = new AbortController();
  const asking = failure(ask({ signal: caller.signal }));
  await vi.waitFor(() => expect(greeter.received).toHaveLength(1));
  caller.abort();
  expect(await asking).toMatchObject({ reason: "cancelled" });
  await vi.waitFor(() => expect(greeter.received[0]?.cancelled).toBe(true));
  expect(await failure(ask({ signal: caller.signal }))).toMatchObject({ reason: "cancelled" });
  close();
});

test("nobody there, and then somebody: the channel finds its way back", async () => {
  const first = await startGreeter((_, answer) => thank(answer));
  const { target } = first;
  await first[Symbol.asyncDispose]();
  const { ask, close } = greeterClient(target);
  expect(await failure(ask())).toMatchObject({ reason: "UNAVAILABLE", details: "No connection established" });
  close();
});

test("a connection that breaks amid a call is told without addresses, and the next call has a new one", async () => {
  await using greeter = await startGreeter((_, answer) => {
    if (greeter.received.length === 1) greeter.hangUp();
    else thank(answer);
  });
  const { ask, close } = greeterClient(greeter.target);
  const error = await failure(ask());
  expect(error.reason).toBe("UNAVAILABLE");
  expect(error.details).not.toContain("127.0.0.1");
  await vi.waitFor(async () => expect(await ask()).toMatchObject({ name: "thanks" }));
  close();
});

test("an answer that is none is INTERNAL", async () => {
  await using greeter = await startGreeter((_, answer) => answer(null, Buffer.from("\u0007<<garbage>>")));
  const { ask, close } = greeterClient(greeter.target);
  expect(await failure(ask())).toMatchObject({ reason: "INTERNAL", details: "Response message parsing error" });
  close();
});

test("an answer that is too large is refused", async () => {
  await using greeter = await startGreeter((_, answer) => answer(null, { name: "x".repeat(2_000) }));
  const { ask, close } = greeterClient(greeter.target, { maxBytes: 1_000 });
  expect(await failure(ask())).toMatchObject({ reason: "RESOURCE_EXHAUSTED" });
  close();
});

test.each(["Guess", "GreetAll"])("there is no unary method %s", async (method) => {
  const { ask, close } = greeterClient("127.0.0.1:1");
  expect(await failure(ask({ method }))).toMatchObject({ reason: "bad-message", mayHaveArrived: false });
  close();
});

test("outages in a row open the breaker, other refusals do not, and one good call closes it", async () => {
  let code = codes.INTERNAL;
  await using greeter = await startGreeter((_, answer) => (code === codes.OK ? thank(answer) : answer(refuse(code))));
  const { ask, metrics, close } = greeterClient(greeter.target, { breaker: { failures: 2, openMs: 100 } });
  const reasons = async (count: number) => {
    const all: string[] = [];
    for (let call = 0; call < count; call++) all.push((await failure(ask())).reason);
    return all;
  };
  expect(await reasons(3)).toEqual(["INTERNAL", "INTERNAL", "INTERNAL"]);
  code = codes.UNAVAILABLE;
  expect(await reasons(3)).toEqual(["UNAVAILABLE", "UNAVAILABLE", "breaker-open"]);
  expect(await metrics.getSingleMetricAsString("third_party_breaker_state")).toContain("} 2");
  code = codes.OK;
  await vi.waitFor(async () => expect(await ask()).toMatchObject({ name: "thanks" }));
  expect(await metrics.getSingleMetricAsString("third_party_breaker_state")).toContain("} 0");
  close();
});

test("a third party that keeps patient callers waiting opens the breaker, one that is asked in a hurry does not", async () => {
  await using greeter = await startGreeter(() => {});
  const { ask, close } = greeterClient(greeter.target, { timeoutMs: 200, breaker: { failures: 2, openMs: 10_000 } });
  const inAHurry = () => failure(ask({ deadline: Date.now() + 20 }));
  for (let call = 0; call < 3; call++) expect((await inAHurry()).reason).toBe("DEADLINE_EXCEEDED");
  const patient = () => failure(ask());
  expect([(await patient()).reason, (await patient()).reason]).toEqual(["DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED"]);
  expect((await patient()).reason).toBe("breaker-open");
  close();
});

test("no more calls than allowed are under way, and no more wait", async () => {
  const answers: Answer[] = [];
  await using greeter = await startGreeter((_, answer) => void answers.push(answer));
  const { ask, close } = greeterClient(greeter.target, { rateLimit: { concurrency: 1, queue: 1 } });
  const first = ask();
  const second = ask();
  expect((await failure(ask())).reason).toBe("busy");
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  answers[0]?.(null, { name: "first" });
  expect(await first).toMatchObject({ name: "first" });
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.(null, { name: "second" });
  expect(await second).toMatchObject({ name: "second" });
  close();
});

test("one line for each call, with the request and without the message", async () => {
  await using greeter = await startGreeter((_, answer) => answer(refuse(codes.INTERNAL, "secret-details")));
  const { ask, lines, close } = greeterClient(greeter.target);
  await failure(ask({ message: { name: "secret-name" } }));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    system: "greeter",
    method: "Greet",
    request_id: "r1",
    reason: "INTERNAL",
  });
  expect(lines[0]).not.toContain("secret");
  close();
});
