import type { z } from "zod";
import type { ServiceDefinition } from "../types.ts";
import { commonConfig, redisConfig } from "./common-config.ts";
import { envMetaOf, innerOf } from "./env-text.ts";

/** One line of the configuration table. */
export interface ConfigRow {
  readonly variable: string;
  readonly required: boolean;
  /** As it would be written in the environment; undefined where there is none to show. */
  readonly default: string | undefined;
  /** Completes "expected …". */
  readonly expected: string;
  readonly description: string;
  readonly secret: boolean;
}

/** The service's own variables first, then those that every service has. */
export function describeConfig(definition: Pick<ServiceDefinition, "config" | "redis">): ConfigRow[] {
  const shape = { ...definition.config, ...commonConfig, ...redisConfig(definition.redis) };
  return Object.entries(shape).map(([variable, schema]) => describeVariable(variable, schema));
}

function describeVariable(variable: string, schema: z.ZodType): ConfigRow {
  const { expected = "a value", description = "", secret = false } = envMetaOf(schema);
  return {
    variable,
    required: !schema.safeParse(undefined).success,
    default: secret ? undefined : defaultText(schema),
    expected,
    description,
    secret,
  };
}

function defaultText(schema: z.ZodType): string | undefined {
  const { defaultValue } = schema.def as { defaultValue?: unknown };
  if (defaultValue !== undefined)
    return typeof defaultValue === "object" ? JSON.stringify(defaultValue) : String(defaultValue);
  const inner = innerOf(schema);
  return inner === undefined ? undefined : defaultText(inner);
}
