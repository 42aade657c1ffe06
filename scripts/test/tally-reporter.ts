import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import type { Reporter, TestCase, TestModule, TestRunEndReason } from "vitest/node";
import type { SkippedTest, Tally } from "./tally.ts";

/** Environment variable with the file that gets the tally. */
export const tallyFileVariable = "TRUNKLINE_TALLY_FILE";

const heartbeatMs = 15_000;

type Unhandled = Parameters<NonNullable<Reporter["onTestRunEnd"]>>[1];

/** Says what runs while nothing else is printed, and leaves a tally behind for the last line of `npm test`. */
// biome-ignore lint/style/noDefaultExport: vitest loads a reporter from a file by its default export.
export default class TallyReporter implements Reporter {
  readonly #running = new Map<TestModule, number>();
  #finishedTests = 0;
  #heartbeat: NodeJS.Timeout | undefined;

  onTestRunStart(): void {
    this.#heartbeat = setInterval(() => this.#giveSignOfLife(), heartbeatMs);
  }

  onTestModuleStart(testModule: TestModule): void {
    this.#running.set(testModule, performance.now());
  }

  onTestCaseResult(): void {
    this.#finishedTests += 1;
  }

  onTestModuleEnd(testModule: TestModule): void {
    this.#running.delete(testModule);
    this.#heartbeat?.refresh();
  }

  onTestRunEnd(testModules: readonly TestModule[], unhandled: Unhandled, _reason: TestRunEndReason): void {
    clearInterval(this.#heartbeat);
    const file = process.env[tallyFileVariable];
    if (file !== undefined) writeFileSync(file, JSON.stringify(tallyOf(testModules, unhandled)));
  }

  #giveSignOfLife(): void {
    const now = performance.now();
    const names = [...this.#running].map(([testModule, start]) => {
      return `${fileOf(testModule)} (${Math.round((now - start) / 1000)} s)`;
    });
    process.stdout.write(` … ${this.#finishedTests} tests done; running ${names.join(", ") || "the next files"}\n`);
  }
}

function tallyOf(testModules: readonly TestModule[], unhandled: Unhandled): Tally {
  const tests = testModules.flatMap((testModule) => [...testModule.children.allTests()]);
  const withState = (state: string) => tests.filter((test) => test.result().state === state);
  const failed = [
    ...withState("failed").map(nameOf),
    // A file that cannot be loaded has no tests to fail.
    ...testModules.filter((testModule) => testModule.errors().length > 0).map(fileOf),
    ...unhandled.map((error) => `unhandled error: ${error.message}`),
  ];
  return { passed: withState("passed").length, failed, skipped: withState("skipped").map(skippedTest) };
}

function skippedTest(test: TestCase): SkippedTest {
  const result = test.result();
  return { name: nameOf(test), reason: (result.state === "skipped" ? result.note : undefined) ?? "no reason is given" };
}

function nameOf(test: TestCase): string {
  return `${fileOf(test.module)} > ${test.fullName}`;
}

function fileOf(testModule: TestModule): string {
  return relative(process.cwd(), testModule.moduleId);
}
