import { httpFaults, Resolver } from "@trunkline/conformance";
import { startSandbox } from "@trunkline/sandbox";
import { startTestBrokers } from "@trunkline/testkit";
import { type Bridge, bridgesWithVectors } from "../conformance/bridges.ts";
import { type BridgeUnderFaults, openBridge } from "./bridge-under-faults.ts";
import { callsOf, grpcCallsOf, loginsOf, mailCallsOf } from "./calls.ts";
import { type Call, type Cell, runCell, runGrpcCell, runLoginCell } from "./cell.ts";
import { grpcFaults } from "./grpc-faults.ts";
import { runMailCell } from "./mail-cell.ts";
import { mailFaults } from "./mail-faults.ts";

/** One call to a third party under every fault. */
export interface Row {
  readonly service: string;
  readonly subject: string;
  readonly call: string;
  readonly faults: readonly string[];
  /** In the order of the faults. */
  readonly cells: readonly Cell[];
}

interface Lane {
  readonly bridges: ReadonlyMap<string, BridgeUnderFaults>;
}

/** A bridge waits for most of a slow call, so that several copies of it, each on brokers of its own, take turns. */
const LANES = 4;

const httpNames = httpFaults.map(({ name }) => name);

/** Runs every call of every bridge through every fault. @param only names a bridge */
export async function runFaults(only?: string): Promise<Row[]> {
  await using releases = new AsyncDisposableStack();
  const resolver = releases.use(new Resolver());
  const sandbox = await startSandbox({ fleet: { edges: 1 } });
  releases.defer(() => sandbox.stop());
  const subjects = await bridgesWithVectors(only);
  const lanes = await Promise.all(
    Array.from({ length: LANES }, async (_, number): Promise<Lane> => {
      const brokers = await startTestBrokers();
      releases.defer(() => brokers.stop());
      const opened = subjects.map(async ({ definition, file }) => {
        const zone = `${definition.name}-${number}`;
        const bridge = await openBridge({ definition, file, brokers, sandbox, resolver, zone });
        releases.defer(() => bridge.close());
        await bridge.start();
        return [definition.name, bridge] as const;
      });
      return { bridges: new Map(await Promise.all(opened)) };
    }),
  );
  const rows = await Promise.all(subjects.map((subject) => rowsOf(subject, lanes)));
  return rows.flat();
}

async function rowsOf({ definition, file }: Bridge, lanes: readonly Lane[]): Promise<Row[]> {
  const copies = lanes.flatMap(({ bridges }) => bridges.get(definition.name) ?? []);
  const [first] = copies;
  if (first === undefined) return [];
  // A message that a stream keeps is delivered later, whatever happens to the first attempt.
  const answered = new Set(definition.serves.map(({ subject }) => subject));
  const vectors = file.vectors.filter(({ subject }) => answered.has(subject));
  const calls = await callsOf(first, { ...file, vectors });
  const rows = await inTurns(calls, copies, async (bridge, call) => {
    const cells: Cell[] = [];
    for (const fault of httpFaults) cells.push(await runCell(bridge, call, fault));
    return { ...nameOf(call, call.vector.subject), faults: httpNames, cells };
  });
  const logins = loginsOf(file);
  const tries = logins.flatMap((call) => httpFaults.map((fault) => ({ call, fault })));
  const loginCells = await inTurns(tries, copies, async (bridge, { call, fault }) => runLoginCell(bridge, call, fault));
  const loginRows = logins.map((call, index) => ({
    ...nameOf(call, "(sign-in)"),
    faults: httpNames,
    cells: loginCells.slice(index * httpFaults.length, (index + 1) * httpFaults.length),
  }));
  const grpcRows = await inTurns([...grpcCallsOf(file)], copies, async (bridge, [key, call]) => {
    const cells: Cell[] = [];
    for (const fault of grpcFaults) cells.push(await runGrpcCell(bridge, call, fault));
    const [subject = "", name = ""] = key.split(" ");
    return { subject, call: name, faults: grpcFaults.map((fault) => fault.name), cells };
  });
  const mailRows = await inTurns([...mailCallsOf(file)], copies, async (bridge, [, call]) => {
    const faults = mailFaults[call.staged.protocol] ?? [];
    const cells: Cell[] = [];
    for (const fault of faults) cells.push(await runMailCell(bridge, call, fault));
    const { protocol, host } = call.staged;
    return {
      subject: call.vector.subject,
      call: `${protocol.toUpperCase()} ${host}`,
      faults: faults.map(({ name }) => name),
      cells,
    };
  });
  return [...rows, ...loginRows, ...grpcRows, ...mailRows].map((row) => ({ service: definition.name, ...row }));
}

function nameOf({ exchange: { request } }: Call, subject: string) {
  return { subject, call: `${request.method} ${request.host}${request.path}` };
}

/** Each copy takes the next piece of work as soon as it is done with one. @returns the results in the work's order */
async function inTurns<Work, Result>(
  work: readonly Work[],
  copies: readonly BridgeUnderFaults[],
  perform: (bridge: BridgeUnderFaults, piece: Work) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const pieces = work.entries();
  await Promise.all(
    copies.map(async (bridge) => {
      for (const [index, piece] of pieces) results[index] = await perform(bridge, piece);
    }),
  );
  return results;
}

/** The problems of a row, each with its fault. */
export function problemsOf({ subject, call, faults, cells }: Row): string[] {
  return cells.flatMap(({ problems }, index) =>
    problems.map((problem) => `${subject}, ${call}, ${faults[index]}: ${problem}`),
  );
}
