import type { Clock } from "@trunkline/clock";
import type { Random } from "../random.ts";

/** Who is signed in at a third party, and until when by the world's clock. */
export interface Sessions {
  readonly lifetimeSeconds: number;
  /** @returns the new session's token */
  open(): string;
  isValid(token: string): boolean;
  /** Forgets everybody. */
  expireAll(): void;
}

const MOST_SESSIONS = 1_000;

export function createSessions(clock: Clock, random: Random, lifetimeSeconds: number): Sessions {
  const ends = new Map<string, number>();
  return {
    lifetimeSeconds,
    open() {
      const token = random.hex(40);
      ends.set(token, clock.now().getTime() + lifetimeSeconds * 1_000);
      const [oldest] = ends.keys();
      if (ends.size > MOST_SESSIONS && oldest !== undefined) ends.delete(oldest);
      return token;
    },
    isValid: (token) => (ends.get(token) ?? 0) > clock.now().getTime(),
    expireAll: () => ends.clear(),
  };
}
