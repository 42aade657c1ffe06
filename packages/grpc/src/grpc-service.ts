import { type Client, Metadata } from "@grpc/grpc-js";
import { createGate, createMetrics, splitAddress } from "@trunkline/third-party";
import { openChannel } from "./channel.ts";
import { GrpcError, type GrpcFailureFacts } from "./errors.ts";
import { asGrpcError } from "./failure.ts";
import { loadMethods, type UnaryMethod } from "./methods.ts";
import type { GrpcCall, GrpcService, GrpcServiceOptions } from "./types.ts";

/** A caller that waited so long was kept waiting by the third party, rather than in a hurry. */
const PATIENT_MS = 10_000;

/**
 * Opens the way to one gRPC service of a third party: every call goes through its queue and its breaker, is bounded by
 * its caller's deadline, and leaves a metric and a line in the log.
 *
 * @throws TypeError when the .proto file does not describe the service
 */
export function createGrpcService(options: GrpcServiceOptions): GrpcService {
  const { name, target, logger, timeoutMs = 60_000 } = options;
  const methods = loadMethods(options.protoFile, options.service);
  const system = { system: name, host: splitAddress(target).host };
  const metrics = createMetrics(options.metrics, system);
  const patientMs = Math.min(PATIENT_MS, timeoutMs / 2);
  const isHasty = ({ facts: { afterMs = 0 } }: GrpcError) => afterMs < patientMs;
  const saysThatItIsDown = (error: GrpcError) =>
    error.reason === "UNAVAILABLE" || (error.reason === "DEADLINE_EXCEEDED" && !isHasty(error));
  const gate = createGate<object>({
    breaker: options.breaker,
    rateLimit: options.rateLimit,
    isOutage: (error) => error instanceof GrpcError && saysThatItIsDown(error),
    isCancelled: (error) => error instanceof GrpcError && error.reason === "cancelled",
    onState(state) {
      metrics.breaker(state);
      logger.warn({ ...system, state }, "breaker of a third party");
    },
  });
  const client = openChannel(options);

  async function send(method: UnaryMethod, call: GrpcCall, facts: GrpcFailureFacts): Promise<object> {
    const began = performance.now();
    const stop = metrics.time(labelsOf(facts));
    try {
      const deadline = Math.min(call.deadline, Date.now() + timeoutMs);
      return await unary(client, method, { ...call, deadline });
    } catch (error) {
      const failure = asGrpcError(error, { ...facts, afterMs: performance.now() - began }, call.signal);
      if (failure.reason !== "cancelled" || isHasty(failure)) throw failure;
      throw new GrpcError("DEADLINE_EXCEEDED", "no answer before the caller left", failure.facts);
    } finally {
      stop();
    }
  }

  async function outcomeOf(call: GrpcCall, facts: GrpcFailureFacts): Promise<object | GrpcError> {
    const method = methods.get(call.method);
    if (method === undefined) return new GrpcError("bad-message", `no method ${call.method}`, facts);
    try {
      return await gate.pass(call.signal, () => send(method, call, facts));
    } catch (error) {
      return asGrpcError(error, facts, call.signal);
    }
  }

  return {
    async call(call) {
      const facts = { ...system, method: call.method };
      const began = performance.now();
      const outcome = await outcomeOf(call, facts);
      const line = { ...facts, request_id: call.requestId, ms: Math.round(performance.now() - began) };
      if (outcome instanceof GrpcError) {
        metrics.count(labelsOf(facts), outcome.reason);
        logger[outcome.reason === "cancelled" ? "debug" : "warn"]({ ...line, reason: outcome.reason }, outcome.message);
        throw outcome;
      }
      metrics.count(labelsOf(facts), "OK");
      logger.debug(line, "third party answered");
      return outcome;
    },
    close: () => client.close(),
  };
}

function labelsOf({ system, host, method }: GrpcFailureFacts) {
  return { system, host, method: "gRPC", endpoint: method };
}

/** One call as a promise; the caller's signal cancels it. */
function unary(client: Client, method: UnaryMethod, { message, deadline, signal }: GrpcCall): Promise<object> {
  return new Promise((resolve, reject) => {
    const call = client.makeUnaryRequest<object, object>(
      method.path,
      (value) => method.requestSerialize(value),
      (bytes) => method.responseDeserialize(bytes),
      message,
      new Metadata(),
      { deadline },
      (error, response) => {
        signal.removeEventListener("abort", cancel);
        if (error !== null) reject(error);
        else resolve(response ?? {});
      },
    );
    const cancel = () => call.cancel();
    if (signal.aborted) cancel();
    else signal.addEventListener("abort", cancel, { once: true });
  });
}
