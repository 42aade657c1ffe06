import type { PeopleBus } from "../people-bus.ts";

/** A bus that keeps what people would have heard, by subject. */
export function listeningBus(): { bus: PeopleBus; heard: { subject: string; body: unknown }[] } {
  const heard: { subject: string; body: unknown }[] = [];
  const publish: PeopleBus["publish"] = async ({ subject }, body) => {
    heard.push({ subject, body });
  };
  return { bus: { publish }, heard };
}
