import { differences } from "./final-world.ts";
import { sandboxClient } from "./sandbox-client.ts";
import { playStoryline, type Stage } from "./storyline.ts";
import { startTimeline } from "./timeline.ts";
import { until } from "./until.ts";

export interface PlayOptions extends Omit<Stage, "sandbox" | "narrate"> {
  readonly consoleUrl: string;
  /** Gets the timeline, line by line. */
  write(line: string): void;
}

/**
 * Plays the storyline in a sandbox that engine services look at, and tells what happens.
 *
 * @returns what is not as it must be afterwards, a sentence each
 */
export async function play({ consoleUrl, write, ...stage }: PlayOptions): Promise<string[]> {
  const timeline = startTimeline(consoleUrl, write);
  const sandbox = sandboxClient(consoleUrl);
  try {
    // A network that has just heard of this program may not let it through yet.
    await until("an answer of the sandbox", stage.patienceMs, async () => (await sandbox.edges()).length > 0);
    const expected = await playStoryline({ ...stage, sandbox, narrate: timeline.narrate });
    return differences(expected, { tickets: await sandbox.tickets(), slack: await sandbox.messages("slack") });
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    timeline.close();
  }
}
