import type { Traffic } from "./traffic.ts";

/** A service as it answers to `$SRV`. */
export interface DiscoveredService {
  readonly name: string;
  readonly id: string;
  readonly version: string;
  readonly endpoints: readonly {
    readonly subject: string;
    readonly queue_group: string;
    readonly num_requests: number;
    readonly num_errors: number;
    /** In nanoseconds. */
    readonly average_processing_time: number;
  }[];
}

/** The engine's NATS as the sandbox sees it from outside. */
export interface NatsView {
  /** Where services connect so that their traffic is seen. */
  readonly url: string;
  services(): Promise<DiscoveredService[]>;
  publish(subject: string, payload: unknown): void;
  /** Oldest first. */
  traffic(): Traffic[];
  stop(): Promise<void>;
}
