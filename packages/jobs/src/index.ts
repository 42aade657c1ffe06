export type { JobContext, JobKind, Jobs } from "./types.ts";
