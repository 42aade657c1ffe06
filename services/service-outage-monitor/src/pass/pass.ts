import { slackNotification } from "@trunkline/contracts";
import type { MonitoredEdge } from "@trunkline/monitor";
import type { ScheduledRun } from "@trunkline/service";
import pLimit from "p-limit";
import { scheduleDocumentation } from "../documentation/document-outage.ts";
import { oddEdgesMessage } from "../host-messages.ts";
import type { Monitor } from "../monitor.ts";
import { resolveHealthy } from "../resolution/resolve-healthy.ts";
import { judge, type Verdict } from "./decide-pass.ts";
import { countStillDown, massOutageAmong } from "./mass-outage.ts";
import { scheduleRecheck } from "./recheck.ts";

/** Jobs that a pass puts down at once. */
const CONCURRENCY = 16;

/**
 * Looks at every edge of a host: outages go into quarantine, or get their ticket at once where the customer pays for
 * it; what is healthy again has its ticket resolved.
 *
 * @throws CallFailed when the host or the tickets cannot be read; the next pass tries again
 */
export async function pass(monitor: Monitor, host: string, run: ScheduledRun): Promise<void> {
  const snapshot = await monitor.collector.snapshotOf(host, monitor.clock.now());
  const findings = [...snapshot.edges.values()].map((edge) => look(monitor, edge));
  const healthy = findings.filter(({ verdict }) => verdict.kind === "healthy").map(({ edge }) => edge);
  const outages = findings.filter(({ verdict }) => verdict.kind === "quarantine" || verdict.kind === "document");
  const down = outages.flatMap(({ edge, verdict }) =>
    "outageType" in verdict ? [{ serial: edge.status.serial, outageType: verdict.outageType }] : [],
  );
  const massOf = await massOutageAmong(monitor, host, { down, takenAt: snapshot.takenAt });
  const limit = pLimit(CONCURRENCY);
  await limit.map(outages, async (finding) => {
    run.signal.throwIfAborted();
    await deal(monitor, finding, { takenAt: snapshot.takenAt, mass: massOf(finding.edge.status.serial) });
  });
  await reportOdd(monitor, host, findings);
  run.signal.throwIfAborted();
  await resolveHealthy(monitor, healthy, { snapshot });
  run.logger.debug({ host, edges: findings.length, healthy: healthy.length }, "a pass is done");
}

interface Finding {
  readonly edge: MonitoredEdge;
  readonly verdict: Verdict | { readonly kind: "odd"; readonly error: unknown };
}

/** An edge that cannot be judged stops no other edge. */
function look({ settings }: Monitor, edge: MonitoredEdge): Finding {
  try {
    return { edge, verdict: judge(edge, settings) };
  } catch (error) {
    return { edge, verdict: { kind: "odd", error } };
  }
}

async function deal(
  monitor: Monitor,
  { edge, verdict }: Finding,
  { takenAt, mass }: { readonly takenAt: Date; readonly mass: string | null },
): Promise<void> {
  switch (verdict.kind) {
    case "healthy":
    case "leave":
    case "odd":
      return;
    case "quarantine":
      return scheduleRecheck(monitor, edge, { outageType: verdict.outageType, since: takenAt, mass });
    case "document": {
      const { outageType } = verdict;
      const { serial } = edge.status;
      const clientName = edge.cached.bruin_client_info.client_name;
      if (mass !== null) await countStillDown(monitor, mass, { serial, outageType, clientName });
      const found = { outageType, since: takenAt.toISOString(), decidedAt: takenAt, quiet: mass !== null };
      return scheduleDocumentation(monitor, edge, found);
    }
  }
}

async function reportOdd({ bus, troubles }: Monitor, host: string, findings: readonly Finding[]): Promise<void> {
  const odd = findings.flatMap(({ edge, verdict }) => (verdict.kind === "odd" ? [{ edge, error: verdict.error }] : []));
  const [first] = odd;
  if (first === undefined) return;
  const serials = odd.map(({ edge }) => edge.status.serial).sort();
  await troubles.met(`odd edges of ${host}: ${serials.join(", ")}`, first.error, () =>
    bus.publish(slackNotification, { message: oddEdgesMessage(host, serials) }),
  );
}
