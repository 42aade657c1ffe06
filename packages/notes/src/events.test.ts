import { edgeEvent } from "@trunkline/contracts";
import { describe, expect, it } from "vitest";
import { renderEvents } from "./events.ts";
import { isTriage, parseTriage } from "./triage.ts";

const options = { timeZone: "US/Eastern", perNote: 15 };

function event(minute: number, fields: Record<string, unknown> = {}) {
  const eventTime = new Date(Date.UTC(2022, 5, 3, 14, minute)).toISOString();
  return edgeEvent.parse({
    event: "LINK_DEAD",
    category: "NETWORK",
    eventTime,
    message: "Link GE1 is now DEAD",
    ...fields,
  });
}

describe("a note of events", () => {
  it("lists what happened, newest first, and says how far back it reaches", () => {
    const notes = renderEvents([event(1), event(2, { event: "EDGE_UP", category: "EDGE", message: null })], options);
    expect(notes).toEqual([
      [
        "#*MetTel's IPA*#",
        "Triage (VeloCloud)",
        "",
        "New event: EDGE_UP",
        "Device: Edge",
        "Event time: 2022-06-03 10:02:00-04:00",
        "",
        "New event: LINK_DEAD",
        "Device: Interface GE1",
        "Event time: 2022-06-03 10:01:00-04:00",
        "",
        "Timestamp: 2022-06-03 10:01:00-04:00",
      ].join("\n"),
    ]);
  });

  it("is not taken for the explanation of an outage, though it bears the same title", () => {
    const [note = ""] = renderEvents([event(1)], options);
    expect(isTriage(note)).toBe(true);
    expect(parseTriage(note)).toBeNull();
  });

  it("goes on in a second note after so many events", () => {
    const notes = renderEvents(
      Array.from({ length: 16 }, (_, minute) => event(minute)),
      options,
    );
    expect(notes.map((note) => note.match(/New event/g)?.length)).toEqual([15, 1]);
    expect(notes[1]).toContain("Event time: 2022-06-03 10:00:00-04:00");
  });

  it("goes on in a second note before Bruin would cut it off, with every event once", () => {
    const long = `Link ${"GE1".repeat(40)} is now DEAD`;
    const notes = renderEvents(
      Array.from({ length: 15 }, (_, minute) => event(minute, { message: long })),
      options,
    );
    expect(notes.length).toBeGreaterThan(1);
    expect(notes.every((note) => note.length < 1500)).toBe(true);
    expect(notes.join("\n").match(/New event/g)).toHaveLength(15);
  });

  it.each([
    ["a message of another form", { message: "a wording of tomorrow" }, "Device: Interface Unknown"],
    ["no message", { message: null }, "Device: Interface Unknown"],
    ["an unusual interface name", { message: "Link GE-2/1 is no longer DEAD" }, "Device: Interface GE-2/1"],
  ])("shows an event with %s", (_, fields, line) => {
    expect(renderEvents([event(1, fields)], options)[0]).toContain(line);
  });

  it("leaves out an event without a time", () => {
    expect(renderEvents([event(1, { eventTime: "yesterday" })], options)).toEqual([]);
  });
});
