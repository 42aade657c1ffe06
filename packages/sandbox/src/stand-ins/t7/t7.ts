import { setTimeout as delay } from "node:timers/promises";
import { loadMethods } from "@trunkline/grpc";
import { kreProtoFile, kreService } from "@trunkline/kre";
import type { Logger } from "pino";
import type { Certificates } from "../../certificates.ts";
import { type FaultKind, grpcKinds } from "../../faults/fault.ts";
import type { FaultList } from "../../faults/fault-list.ts";
import type { World } from "../../world/world.ts";
import type { Calls } from "../calls.ts";
import {
  type GrpcAnswer,
  type GrpcServer,
  type GrpcStatusName,
  type ReceivedCall,
  startGrpcServer,
} from "../grpc-server.ts";
import { answerOf } from "./entrypoint.ts";

export const t7Host = "kre.example.net";

export interface T7Options {
  readonly world: World;
  readonly certificates: Certificates;
  readonly faults: FaultList;
  readonly calls: Calls;
  readonly logger: Logger;
  /** 0 takes any free port. */
  readonly port: number;
  readonly hostname: string;
}

/** T7's runtime, KRE, over gRPC: predictions for the desk's tickets, and a memory of what it is taught. */
export function startT7({ world, certificates, faults, calls, logger, ...address }: T7Options): Promise<GrpcServer> {
  async function answer(call: ReceivedCall): Promise<GrpcAnswer> {
    const { delayMs, fault } = faults.strike({
      ...callOf(call),
      kinds: grpcKinds,
    });
    // Nobody waits for a stand-in that is stopped.
    if (delayMs > 0) await delay(delayMs, undefined, { ref: false });
    const trouble = fault && troubles[fault.kind];
    if (trouble !== undefined && fault?.when !== "after") return trouble;
    try {
      const message = answerOf(world, call);
      return trouble ?? { message };
    } catch (error) {
      logger.error({ err: error, system: "t7" }, "a stand-in failed");
      return { status: "UNKNOWN", details: "The stand-in failed; the sandbox's log says why." };
    }
  }
  return startGrpcServer({
    ...address,
    key: certificates.key,
    cert: certificates.cert,
    methods: loadMethods(kreProtoFile, kreService),
    async answer(call) {
      const began = performance.now();
      const record = (status: number) =>
        calls.add({ ...callOf(call), status, ms: Math.round(performance.now() - began) });
      const given = await answer(call);
      // A caller that gives up ends what would never end by itself.
      if (given === "stall") call.onGone(() => record(0));
      else record(httpStatusOf(given));
      return given;
    },
  });
}

function callOf({ host, path }: ReceivedCall) {
  return { system: "t7", host, method: "gRPC", path };
}

/** What faults do to a call, each by the kind of the same meaning in HTTP. */
const troubles: Partial<Record<FaultKind, GrpcAnswer>> = {
  "401": { status: "UNAUTHENTICATED", details: "Invalid credentials" },
  "403": { status: "PERMISSION_DENIED", details: "Forbidden" },
  "404": { status: "UNIMPLEMENTED", details: "No such method" },
  "429": { status: "RESOURCE_EXHAUSTED", details: "Too many requests" },
  "500": { status: "INTERNAL", details: "An error has occurred" },
  unavailable: { status: "UNAVAILABLE", details: "no upstream" },
  garbage: { bytes: Buffer.from("\u0007\u0000<<garbage>>") },
  "hang-up": "hang-up",
  stall: "stall",
};

const httpStatuses: Partial<Record<GrpcStatusName, number>> = {
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  UNIMPLEMENTED: 404,
  RESOURCE_EXHAUSTED: 429,
  UNAVAILABLE: 503,
};

/** The console tells how calls went in the numbers of HTTP. */
function httpStatusOf(answer: GrpcAnswer): number {
  if (typeof answer === "string") return 0;
  return "status" in answer ? (httpStatuses[answer.status] ?? 500) : 200;
}
