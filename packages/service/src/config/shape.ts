import type { z } from "zod";

/** Environment variable name → zod schema that reads its text. `.describe()` is what the configuration table says. */
export type ConfigShape = Readonly<Record<string, z.ZodType>>;
export type ConfigOf<Shape extends ConfigShape> = { readonly [Name in keyof Shape]: z.output<Shape[Name]> };

/** Redis instances by role; the address of each comes from its own variable. */
export type RedisRole = "main" | "customer-cache";
