import type { PeopleBus } from "@trunkline/cache";
import type { CachedEdge } from "@trunkline/contracts";
import { beforeEach, expect, test } from "vitest";
import { snapshotMails } from "./snapshot-mail.ts";
import { cachedEdgeOf, HOST } from "./testing/cached-edge.ts";

interface Mail {
  readonly subject: string;
  readonly attachments: readonly { readonly name: string; readonly data: string }[];
}

const now = new Date("2026-01-05T10:00:12Z");
let mails: Mail[];

const publish: PeopleBus["publish"] = async (_, body) => {
  mails.push((body as unknown as { email_data: Mail }).email_data);
};

beforeEach(() => {
  mails = [];
});

async function mailed(before: CachedEdge[], after: CachedEdge[], recipient?: string): Promise<Mail[]> {
  await snapshotMails({ bus: { publish }, environment: "test", recipient })({
    list: HOST,
    before,
    after,
    now,
  });
  return mails;
}

test("the lists before and after a refresh are mailed as CSV", async () => {
  const logical_ids = [{ interface_name: "GE1", logical_id: "00:04", access_type: null, service_number: "33.RB" }];
  const client = { client_id: 90001, client_name: 'Acme, "Retail"', site_id: 777 };
  const edge = cachedEdgeOf("VC701", { logical_ids, bruin_client_info: client });
  const [mail] = await mailed([], [edge], "desk@acme.example");
  expect(mail).toMatchObject({
    subject: `Customer cache snapshots. Environment: test. Host: ${HOST}. January 05 2026 - 10:00:12`,
    recipient: "desk@acme.example",
  });
  const files = mail?.attachments.map(({ name, data }) => [name, Buffer.from(data, "base64").toString()]);
  const header =
    "Serial Number,Bruin Client ID,Bruin Client Name,Velo Host,Velo Enterprise ID,Velo Edge ID,Last Contact,Logical IDs\r\n";
  expect(files).toEqual([
    [`old_customer_cache_${HOST}_January 05 2026 - 10:00:12.csv`, header],
    [
      `new_customer_cache_${HOST}_January 05 2026 - 10:00:12.csv`,
      `${header}VC701,90001,"Acme, ""Retail""",${HOST},12,701,2026-01-05T09:59:00.000Z,` +
        `"[{'interface_name': 'GE1', 'logical_id': '00:04', 'access_type': None, 'service_number': '33.RB'}]"\r\n`,
    ],
  ]);
});

test.each([
  ["other times of contact", 0, [cachedEdgeOf("VC1")], [cachedEdgeOf("VC1", { last_contact: null })]],
  ["another order", 0, [cachedEdgeOf("VC1"), cachedEdgeOf("VC2")], [cachedEdgeOf("VC2"), cachedEdgeOf("VC1")]],
  ["an edge less", 1, [cachedEdgeOf("VC1"), cachedEdgeOf("VC2")], [cachedEdgeOf("VC1")]],
  ["another edge", 1, [cachedEdgeOf("VC1")], [cachedEdgeOf("VC2")]],
])("%s: %i mails", async (_, count, before, after) => {
  expect(await mailed(before, after, "desk@acme.example")).toHaveLength(count);
});

test("without a recipient nothing is mailed", async () => {
  expect(await mailed([], [cachedEdgeOf("VC1")])).toEqual([]);
});
