import { isSuccess } from "./coverage.ts";
import { type ReplayOptions, replay } from "./replay.ts";
import type { Vector } from "./vectors.ts";

export interface ReplayAllOptions extends ReplayOptions {
  /** Starts the bridge anew; undefined where that is not in our hands. */
  readonly restart?: (() => Promise<void>) | undefined;
}

export interface Outcome {
  readonly vector: Vector;
  readonly verdict: "conforms" | "differs" | "skipped";
  readonly complaints: readonly string[];
}

/**
 * Replays vectors in the order of their file. A bridge remembers what its third party did to it: a breaker opens, a
 * refused login is not repeated at once. So it is started anew after each vector in which the third party failed.
 */
export async function* replayAll(vectors: readonly Vector[], options: ReplayAllOptions): AsyncGenerator<Outcome> {
  const { restart } = options;
  let remembersFailure = false;
  for (const vector of vectors) {
    if (vector.fresh && restart === undefined) {
      yield { vector, verdict: "skipped", complaints: ["it needs a bridge that is started during it"] };
      continue;
    }
    if (remembersFailure && !vector.fresh) await restart?.();
    const complaints = await replay(vector, { ...options, prepare: vector.fresh ? restart : undefined });
    yield { vector, verdict: complaints.length === 0 ? "conforms" : "differs", complaints };
    remembersFailure = vector.fresh || complaints.length > 0 || failsAtThirdParty(vector);
  }
}

/** A third party that understood a request and refused it is not one that a bridge should spare. */
const REFUSALS: ReadonlySet<number> = new Set([400, 403, 404]);

function failsAtThirdParty({ thirdParty, reply }: Vector): boolean {
  if (thirdParty.length === 0 || reply === undefined) return false;
  return !isSuccess(reply.status) && !REFUSALS.has(reply.status);
}
