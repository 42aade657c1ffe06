import { styleText } from "node:util";
import { followStream } from "./follow-stream.ts";

type Style = Parameters<typeof styleText>[0];

/** Prints what happens, a line each, with the seconds since the curtain rose. */
export interface Timeline {
  narrate(sentence: string): void;
  close(): void;
}

export function startTimeline(consoleUrl: string, write: (line: string) => void): Timeline {
  const start = Date.now();
  const seen = new Map<string, string>();
  const print = (style: Style, mark: string, text: string) => {
    const seconds = ((Date.now() - start) / 1000).toFixed(1).padStart(5);
    const [head = "", ...rest] = text.split("\n");
    write(`${styleText("dim", `${seconds} s`)}  ${styleText(style, `${mark.padEnd(9)}${head}`)}`);
    for (const line of rest) write(`${" ".repeat(18)}${styleText("dim", line)}`);
  };
  const changed = (key: string, value: string) => {
    if (seen.get(key) === value) return false;
    seen.set(key, value);
    return true;
  };
  const stream = followStream(new URL("/api/stream", consoleUrl), (type, data) => {
    for (const { style, mark, text, key } of linesOf(type, data)) if (changed(key, text)) print(style, mark, text);
  });
  return { narrate: (sentence) => print(["bold", "cyan"], "▸", sentence), close: () => stream.close() };
}

interface Line {
  readonly style: Style;
  readonly mark: string;
  readonly text: string;
  /** Lines with the same key are printed when their text changes. */
  readonly key: string;
}

function linesOf(type: string, data: unknown): Line[] {
  switch (type) {
    case "ticket":
      return ticketLines(data as StreamedTicket);
    case "message":
      return messageLines(data as StreamedMessage);
    default:
      return [];
  }
}

interface StreamedTicket {
  readonly id: number;
  readonly client: string;
  readonly status: string;
  readonly severity: number | null;
  readonly notes: readonly { readonly id: number; readonly text: string | null; readonly author: string }[];
}

function ticketLines({ id, client, status, severity, notes }: StreamedTicket): Line[] {
  const state: Line = {
    style: status === "Resolved" ? "green" : "yellow",
    mark: "ticket",
    text: `${id} ${client} · ${status} · severity ${severity ?? "not set"}`,
    key: `ticket ${id}`,
  };
  return [
    state,
    ...notes.map(
      (note): Line => ({ style: "magenta", mark: "note", text: excerpt(note.text ?? ""), key: `note ${note.id}` }),
    ),
  ];
}

interface StreamedMessage {
  readonly id: string | number;
  readonly channel: string;
  readonly subject?: string;
  readonly text: string;
}

function messageLines({ id, channel, subject, text }: StreamedMessage): Line[] {
  return [{ style: "blue", mark: channel, text: subject ?? text, key: `message ${channel} ${id}` }];
}

/** The first lines of a note; the marker line is for programs. */
function excerpt(note: string): string {
  const lines = note.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#*"));
  const shown = lines.slice(0, 6).map((line) => (line.length > 100 ? `${line.slice(0, 100)}…` : line));
  const more = lines.length > 6 ? [`… ${lines.length - 6} more lines`] : [];
  return [...shown, ...more].join("\n");
}
