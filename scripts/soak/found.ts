import type { Message, World } from "@trunkline/sandbox";
import { type Entry, explanation, type TicketStory } from "./story.ts";

type DeskTicket = ReturnType<World["desk"]["tickets"]>[number];
type HistoryEntry = DeskTicket["history"][number];

/** What the day has left behind at the third parties: tickets with all that was done to them, mails, reboots. */
export function foundIn({ desk, recoveries }: World, mails: readonly Message[]): TicketStory[] {
  const orders = new Map(recoveries.steps().map(({ recovery }) => [recovery.id, recovery]));
  return desk.tickets().map((ticket) => ({
    serial: ticket.details[0]?.asset.serviceNumber ?? "",
    openedAt: ticket.createdAt.getTime(),
    status: ticket.status,
    severity: ticket.severity,
    entries: [
      ...merged(ticket.history.flatMap((entry) => entriesOf(entry, desk.apiUser))),
      ...mails.filter(({ subject }) => subject?.endsWith(`(ticket ${ticket.id})`)).map(mailEntry),
      ...[...orders.values()]
        .filter((order) => order.ticket === String(ticket.id))
        .map(({ startedAt, link, serial }) => {
          return { at: startedAt.getTime(), text: `reboot of the modem at ${link.interface} of ${serial}` };
        }),
    ],
  }));
}

const fixed: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/^Ticket created/, () => "opened"],
  [/^Line (\S+) (added|resolved|unresolved)$/, ([, line, what]) => `${line} ${what}`],
  [/^Ticket (resolved|unresolved)$/, ([, what]) => `ticket ${what}`],
  [/^Ticket closed/, () => "closed"],
  [/^Severity changed to (\d)/, ([, severity]) => `severity ${severity}`],
];

function entriesOf({ at, event, by, detail, note }: HistoryEntry, apiUser: string): Entry[] {
  const when = at.getTime();
  if (note !== null) {
    return by === apiUser ? [{ at: when, text: noteText(note.text, note.serviceNumbers) }] : [];
  }
  const moved = /^Work moved from .* to (.*)$/.exec(event);
  if (moved !== null) return [{ at: when, text: `${detail?.asset.serviceNumber} moved to ${moved[1]}` }];
  for (const [pattern, say] of fixed) {
    const match = pattern.exec(event);
    if (match !== null) return [{ at: when, text: say(match) }];
  }
  return [{ at: when, text: event }];
}

const PAGE = "page of ";

function noteText(text: string, serviceNumbers: readonly string[]): string {
  const lines = text.split("\n");
  const title = lines[1] ?? "";
  const serial = serviceNumbers.join(", ");
  if (text.includes("New event: ")) return `${text.split("New event: ").length - 1} events on ${serial}`;
  if (/^Triage note: \d+\/\d+$/.test(lines.at(-1) ?? "")) return `${PAGE}${serial}\n${text}`;
  if (title.startsWith("Triage")) return explained("triage", serial, text);
  if (title.startsWith("Re-opening")) return explained("re-opening", serial, text);
  if (title.startsWith("Auto-resolving")) return `resolved note on ${serial}`;
  if (title.startsWith("Client Reminder")) return `reminder note on ${serial}`;
  if (title.startsWith("DiGi reboot failed")) return "reboot-failed note";
  const digi = /^Offline DiGi interface identified.*\nInterface: (\S+)/m.exec(text);
  return digi === null ? text : `reboot note on ${serial}: ${digi[1]}`;
}

function explained(title: "triage" | "re-opening", serial: string, text: string): string {
  const outage = /^Outage Type: (.*)$/m.exec(text)?.[1] ?? "no outage type";
  const links = Object.fromEntries(
    [...text.matchAll(/^Interface (\S+) Status: (.*)$/gm)].map(([, name, state]) => [name, state]),
  );
  return explanation(title, serial, { outage, links });
}

/** Several notes of one moment may tell one thing: pages of an explanation, and parts of a list of events. */
function merged(entries: readonly Entry[]): Entry[] {
  const pages = new Map<string, { at: number; serial: string; texts: string[] }>();
  const events = new Map<string, { at: number; serial: string; count: number }>();
  const others: Entry[] = [];
  for (const { at, text } of entries) {
    const counted = /^(\d+) events on (.*)$/.exec(text);
    if (text.startsWith(PAGE)) {
      const serial = text.slice(PAGE.length, text.indexOf("\n"));
      const page = pages.get(`${at} ${serial}`) ?? { at, serial, texts: [] };
      page.texts.push(text.slice(text.indexOf("\n") + 1));
      pages.set(`${at} ${serial}`, page);
    } else if (counted !== null) {
      const serial = counted[2] ?? "";
      const list = events.get(`${at} ${serial}`) ?? { at, serial, count: 0 };
      list.count += Number(counted[1]);
      events.set(`${at} ${serial}`, list);
    } else others.push({ at, text });
  }
  return [
    ...others,
    ...[...events.values()].map(({ at, serial, count }) => ({ at, text: `${count} events on ${serial}` })),
    ...[...pages.values()].map(({ at, serial, texts }) => ({ at, text: joinedPages(serial, texts) })),
  ];
}

/** A page that is missing or comes twice shows. */
function joinedPages(serial: string, texts: readonly string[]): string {
  const numbers = texts.map((text) => text.split("\n").at(-1)?.slice("Triage note: ".length)).sort();
  const all = numbers.map((_, index) => `${index + 1}/${numbers.length}`);
  if (numbers.join() !== all.join()) return `pages ${numbers.join(", ")} of a note on ${serial}`;
  const title = texts.some((text) => text.split("\n")[1]?.startsWith("Re-opening")) ? "re-opening" : "triage";
  return explained(title, serial, texts.join("\n"));
}

const mailKinds: readonly (readonly [string, string])[] = [
  ["We see an outage on a line that you provide", "acknowledgement"],
  ["Reminder: a line that you provide is still down", "reminder"],
  ["Your site is down", "site down"],
];

function mailEntry({ at, subject = "", text }: Message): Entry {
  const kind = mailKinds.find(([title]) => subject.startsWith(title))?.[1] ?? subject;
  const serial = /: (\S+) at /.exec(text)?.[1] ?? "nobody";
  return { at: Date.parse(at), text: `mail to the customer about ${serial}: ${kind}` };
}
