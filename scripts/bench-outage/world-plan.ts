/** What the sandbox's process is told to make. */
export interface WorldPlan {
  readonly edges: number;
  readonly hosts: readonly string[];
  /** Their variables are sent back. */
  readonly services: readonly string[];
  readonly redisUrl: string;
  /** Beginning of Redis keys. */
  readonly environment: string;
}
