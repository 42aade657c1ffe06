import type { RequestContract } from "@trunkline/contracts";
import type { Msg } from "nats";
import { z } from "zod";
import { writeJson } from "./json.ts";
import type { Link } from "./link.ts";
import { shortId } from "./random-id.ts";
import type { Statistics } from "./statistics.ts";

export const VERBS = ["PING", "INFO", "STATS"] as const;
type Verb = (typeof VERBS)[number];

export interface DiscoverableEndpoint {
  readonly contract: RequestContract;
  readonly statistics: Statistics;
}

export interface DiscoveryOptions {
  readonly service: string;
  readonly version: string;
  readonly description: string;
  readonly endpoints: () => readonly DiscoverableEndpoint[];
}

/**
 * Answers `$SRV.PING`, `.INFO` and `.STATS` as the micro protocol (ADR-32) says, so that `nats micro` shows the
 * service. The client's own implementation counts as errors only what a handler throws before its first await; here a
 * reply with a status of 500 or more counts.
 */
export function announce(link: Link, { service, version, description, endpoints }: DiscoveryOptions): void {
  const identity = { name: service, id: shortId(), version, metadata: {} };
  const started = new Date().toISOString();
  const schemas = new Map<RequestContract, Record<string, string>>();
  const answers: Record<Verb, () => object> = {
    PING: () => ({ type: "io.nats.micro.v1.ping_response", ...identity }),
    INFO: () => ({
      type: "io.nats.micro.v1.info_response",
      ...identity,
      description,
      endpoints: endpoints().map(({ contract }) => ({
        name: endpointName(contract),
        subject: contract.subject,
        queue_group: contract.queueGroup,
        metadata: metadataOf(contract),
      })),
    }),
    STATS: () => ({
      type: "io.nats.micro.v1.stats_response",
      ...identity,
      started,
      endpoints: endpoints().map(({ contract, statistics }) => ({
        name: endpointName(contract),
        subject: contract.subject,
        queue_group: contract.queueGroup,
        ...statisticsOf(statistics),
      })),
    }),
  };
  for (const verb of VERBS) {
    for (const subject of [`$SRV.${verb}`, `$SRV.${verb}.${service}`, `$SRV.${verb}.${service}.${identity.id}`]) {
      link.nc.subscribe(subject, { callback: (error, message) => error ?? respond(verb, message) });
    }
  }

  function respond(verb: Verb, message: Msg): void {
    const payload = Buffer.from(writeJson(answers[verb]()));
    // Many large schemas may outgrow a message; who asks then learns everything but them.
    message.respond(
      payload.length <= link.maxPayload ? payload : Buffer.from(writeJson(withoutMetadata(answers[verb]()))),
    );
  }

  function metadataOf(contract: RequestContract): Record<string, string> {
    let metadata = schemas.get(contract);
    if (metadata === undefined) {
      metadata = describe(contract);
      schemas.set(contract, metadata);
    }
    return metadata;
  }
}

/** Names of endpoints have no dots. */
function endpointName({ subject }: RequestContract): string {
  return subject.replace(/[^A-Za-z0-9_-]/g, "-");
}

function statisticsOf({ requests, errors, lastError, nanoseconds }: Statistics): object {
  return {
    num_requests: requests,
    num_errors: errors,
    last_error: lastError ?? "",
    processing_time: nanoseconds,
    average_processing_time: requests === 0 ? 0 : Math.round(nanoseconds / requests),
  };
}

function describe({ effect, description, timeoutMs, body, reply }: RequestContract): Record<string, string> {
  return {
    effect,
    description,
    timeout_ms: String(timeoutMs),
    request_schema: schemaText(body),
    reply_schema: schemaText(reply),
  };
}

/** What a peer writes, in JSON Schema; what that cannot say (a transformation, a date) allows anything. */
function schemaText(schema: z.ZodType): string {
  return JSON.stringify(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
}

function withoutMetadata(answer: object): object {
  if (!("endpoints" in answer) || !Array.isArray(answer.endpoints)) return answer;
  return { ...answer, endpoints: answer.endpoints.map((endpoint: object) => ({ ...endpoint, metadata: {} })) };
}
