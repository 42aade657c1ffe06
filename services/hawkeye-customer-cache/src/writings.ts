import { cacheWritings } from "@trunkline/cache";
import type { Writing } from "@trunkline/service";
import { LIST } from "./get-hawkeye-cache.ts";
import { naming } from "./naming.ts";

/** Everything that the service writes for people. */
export const writings: readonly Writing[] = cacheWritings(naming, LIST);
