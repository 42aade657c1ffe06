import type { Row } from "./fault-run.ts";

/** The page that shows what a requester hears for each fault of each call. */
export function faultPage(rows: readonly Row[]): string {
  const services = [...new Set(rows.map(({ service }) => service))];
  const sections = services.map((service) => {
    const own = rows.filter((row) => row.service === service);
    const tables = [...Map.groupBy(own, ({ faults }) => faults.join()).values()].map(table);
    return [`## ${service}`, ...tables].join("\n\n");
  });
  return `${[introduction, ...sections].join("\n\n")}\n`;
}

const introduction = `# Every call to a third party, under every fault

Written by \`npm test -- tests/fault-table.test.ts -u\`, from runs of the bridges between real brokers and third parties that fail; \`npm test\` fails when it is stale. Each row is a call that a request leads to when all goes well (taken from the bridge's vectors), each column what goes wrong with it, each cell the status of the reply. For every cell the same run has seen that

- there was a reply, in time, with an integer status;
- neither the reply nor the log held a secret, and the reply nothing of the bridge's inside;
- a log line had the request's id;
- the next request succeeded once the fault was gone.

Calls over gRPC have columns of their own: what the server may say once there is a connection. *slow headers*, *no answer* and *slow body* end with the requester's deadline. *body over the limit* announces a gibibyte. *401 once* is a session that has ended: a new sign-in, and the call once more. *429* asks for a second's pause. In the rows *(sign-in)* the bridge is started while signing in fails; it has healed by itself when the fault was gone.

A success under a fault has its reason. *401 once* is one. A read of several calls may leave out what a single one of them did not bring (\`bruin.ticket.request\` and the details of \`hawkeye.test.request\` below), as requesters know it. A mail to be sent is accepted before anybody is asked, and *delivered* when the server takes it; one that is refused for good is *set aside* and counted. *204* is Bruin's, DataRemote's or the gateway's own status, handed on.`;

function table(rows: readonly Row[]): string {
  const head = ["Subject", "Call", ...(rows[0]?.faults ?? [])];
  const lines = rows.map(({ subject, call, cells }) => [
    `\`${subject}\``,
    `\`${call}\``,
    ...cells.map(({ status, outcome }) => [status ?? "none", ...(outcome ? [outcome] : [])].join(", ")),
  ]);
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
