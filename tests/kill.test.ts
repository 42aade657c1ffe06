import { expect, it } from "vitest";
import { differences } from "../scripts/demo/final-world.ts";
import { playStoryline } from "../scripts/demo/storyline.ts";
import { startWholeEngine } from "./whole-engine.ts";

/** Something that can be ended without warning and started again. */
interface Victim {
  readonly name: string;
  kill?(): Promise<void>;
  restart?(): Promise<void>;
}

const pace = { passSeconds: 2, quarantineSeconds: 6 };
const patienceMs = 150_000;
/** Every victim dies so many times, unless the play is over before; more is for a patient person. */
const rounds = Number(process.env.KILL_ROUNDS ?? 1);

it("ends as if nothing had happened, whatever is killed on the way", { timeout: 400_000 }, async () => {
  await using world = await startWholeEngine({ pace, runIn: "processes" });
  const { brokers, client, engine } = world;

  const victims: Victim[] = [
    ...engine.services.values(),
    { name: "nats", kill: brokers.nats.kill, restart: brokers.nats.restart },
    { name: "redis", kill: brokers.redis.kill, restart: brokers.redis.restart },
  ];
  const play = playStoryline({
    sandbox: client,
    narrate: () => {},
    patienceMs,
    quarantineMs: pace.quarantineSeconds * 1000,
  });
  const killed = await killInTurns(play, victims);
  const expected = await play;

  const tickets = await client.tickets();
  const slack = await client.messages("slack");
  // An alert may come twice when its deliverer dies between delivery and acknowledgement: better than never.
  const unfolded = slack.filter(({ text }, index) => slack.findIndex((other) => other.text === text) === index);
  expect(differences(expected, { tickets, slack: unfolded })).toEqual([]);
  expect(new Set(killed)).toEqual(new Set(victims.map(({ name }) => name)));
});

/** Kills one victim after the other and starts each again, round after round, for as long as the play runs. */
async function killInTurns(play: Promise<unknown>, victims: readonly Victim[]): Promise<string[]> {
  let playing = true;
  const over = play
    .catch(() => undefined)
    .finally(() => {
      playing = false;
    });
  const killed: string[] = [];
  for (let round = 1; playing && round <= rounds; round += 1) {
    for (const victim of victims) {
      await victim.kill?.();
      killed.push(victim.name);
      await pause(300);
      await victim.restart?.();
      await Promise.race([over, pause(500)]);
    }
  }
  return killed;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
