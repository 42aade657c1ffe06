export { createJobs, type JobsOptions } from "./create-jobs.ts";
export { InvalidJob, JobsUnavailable } from "./errors.ts";
export type { JobContext, JobKind, Jobs, JobsOwner, OutstandingJobs, WorkOptions } from "./types.ts";
