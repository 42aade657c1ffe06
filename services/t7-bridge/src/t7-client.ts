import { createGrpcService, type GrpcServiceOptions } from "@trunkline/grpc";
import { kreProtoFile, kreService } from "@trunkline/kre";
import type { TicketRow } from "./ticket-rows.ts";

/** The way to T7; nothing else in this service knows that it is KRE over gRPC. Answers are KRE's messages. */
export interface T7Client {
  /** @throws GrpcError, like all of these */
  predict(request: PredictionRequest, caller: Caller): Promise<unknown>;
  saveMetrics(request: SaveMetricsRequest, caller: Caller): Promise<unknown>;
  saveLiveMetrics(request: SaveLiveMetricsRequest, caller: Caller): Promise<unknown>;
  close(): void;
}

interface PredictionRequest extends SaveMetricsRequest {
  readonly assets_to_predict: readonly string[];
}

interface SaveMetricsRequest {
  readonly ticket_id: number;
  readonly ticket_rows: readonly TicketRow[];
}

interface SaveLiveMetricsRequest {
  readonly ticket_id: number;
  readonly asset_id: string;
  readonly automated_successfully: boolean;
}

/** Whose request a call is made for: it ends with that request's deadline, and T7 is told that. */
export interface Caller {
  readonly requestId: string;
  readonly deadline: number;
  readonly signal: AbortSignal;
}

export type T7ClientOptions = Pick<
  GrpcServiceOptions,
  "target" | "plaintext" | "hostAliases" | "caFile" | "logger" | "metrics"
>;

/** Below the two minutes that requesters wait, so that they hear of a T7 that is too slow. */
const TIMEOUT_MS = 110_000;

export function createT7Client(options: T7ClientOptions): T7Client {
  const kre = createGrpcService({
    name: "t7",
    protoFile: kreProtoFile,
    service: kreService,
    timeoutMs: TIMEOUT_MS,
    ...options,
  });
  const call = (method: string, message: object, { requestId, deadline, signal }: Caller) =>
    kre.call({ method, message: { ...message }, requestId, deadline, signal });
  return {
    predict: (request, caller) => call("Prediction", request, caller),
    saveMetrics: (request, caller) => call("SaveMetrics", request, caller),
    saveLiveMetrics: (request, caller) => call("SaveLiveMetrics", request, caller),
    close: () => kre.close(),
  };
}
