import { type Handler, ok, type RequestContext } from "@trunkline/bus";
import type { ParsedBodyOf, requestTestResults } from "@trunkline/contracts";
import { z } from "zod";
import { allRecords } from "./all-records.ts";
import type { HawkeyeClient } from "./hawkeye-client.ts";
import { Refused } from "./outcome.ts";
import { type Reader, withReader } from "./reader.ts";

const summary = z.looseObject({ id: z.union([z.string().min(1), z.number()]) });
const detail = z.looseObject({ metrics: z.array(z.unknown()).nullish() });

type Summary = z.output<typeof summary>;
interface Result {
  readonly summary: Summary;
  readonly metrics: readonly unknown[];
}
type Interval = ParsedBodyOf<typeof requestTestResults>["interval"];

/** What probes have tested, with the figures of each result; a probe without results is left out. */
export function testResults(hawkeye: Pick<HawkeyeClient, "get">): Handler<typeof requestTestResults> {
  return ({ probe_uids, interval }, context) =>
    withReader(hawkeye, context, async (reader) => {
      const results = [...new Set(probe_uids)].map(
        async (uid) => [uid, await resultsOf(reader, uid, { interval, context })] as const,
      );
      return ok(Object.fromEntries((await Promise.all(results)).filter(([, found]) => found.length > 0)));
    });
}

async function resultsOf(
  reader: Reader,
  uid: string,
  { interval, context }: { readonly interval: Interval; readonly context: RequestContext },
): Promise<Result[]> {
  const query = { startDate: interval.start, endDate: interval.end, probeFrom: uid };
  const rows = await allRecords(reader, { path: "/testsresults", query, key: "id" });
  const results = await Promise.all(rows.map((row) => withMetrics(reader, row, context)));
  return results.filter((result) => result !== undefined);
}

/**
 * A result with its figures. One whose figures Hawkeye answers with an error for is left out, because it alone would
 * keep all the others back, request after request; when Hawkeye does not answer, nothing is known of any of them.
 */
async function withMetrics(reader: Reader, row: unknown, { logger }: RequestContext): Promise<Result | undefined> {
  const known = summary.safeParse(row);
  if (!known.success) return undefined;
  const { id } = known.data;
  try {
    const { metrics } = detail.parse(await reader.get({ path: "/testsresults/{id}", pathParams: { id } }));
    return { summary: known.data, metrics: metrics ?? [] };
  } catch (error) {
    if (!isAboutThisResult(error)) throw error;
    logger.warn({ testResult: id }, "a test result is left out because its figures cannot be had");
    return undefined;
  }
}

function isAboutThisResult(error: unknown): boolean {
  if (error instanceof z.ZodError) return true;
  return error instanceof Refused && error.answered && error.reply.status !== 401 && error.reply.status !== 429;
}
