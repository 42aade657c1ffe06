import type { SandboxClient, WorldEdge } from "../demo/sandbox-client.ts";
import { oneOutageAfterTheOther, type Stage } from "./stage.ts";

/** Outages of several edges, some of which heal, until the time is over. */
export async function playScene(stage: Stage, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  await oneOutageAfterTheOther(stage);
  const edges = (await stage.sandbox.edges()).filter(
    ({ state, haSerial }) => state === "CONNECTED" && haSerial === null,
  );
  for (const [index, edge] of edges.slice(1).entries()) {
    if (Date.now() >= end) break;
    await outage(stage.sandbox, edge, { whole: index % 3 === 0, heals: index % 4 !== 3 });
  }
  await pause(end - Date.now());
}

interface Course {
  /** Whether the whole edge is dark, or one link. */
  readonly whole: boolean;
  readonly heals: boolean;
}

async function outage(sandbox: SandboxClient, { serial, links }: WorldEdge, { whole, heals }: Course): Promise<void> {
  const link = links[0]?.interface ?? "";
  await (whole ? sandbox.failEdge(serial) : sandbox.failLink(serial, link));
  await pause(12_000);
  if (!heals) return;
  await (whole ? sandbox.healEdge(serial) : sandbox.healLink(serial, link));
  await pause(8_000);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
