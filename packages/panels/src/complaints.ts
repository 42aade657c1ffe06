import type { BoardDrawing, LegendDrawing, PanelDrawing } from "./drawing.ts";
import { NAMELESS } from "./legend.ts";

/** What a reader of a dashboard could not read, one sentence for each; none where all is well. */
export function complaintsAbout({ title, panels }: BoardDrawing): string[] {
  return panels.flatMap((panel) => panelComplaints(panel).map((complaint) => `${title}: ${panel.title}: ${complaint}`));
}

function panelComplaints({ content }: PanelDrawing): string[] {
  switch (content.kind) {
    case "row":
      return [];
    case "error":
      return [content.message];
    case "empty":
      return ["no data"];
    case "series":
      return legendComplaints(content.legend);
    case "pie":
      return legendComplaints(content.legend);
    case "states":
      return namesComplaints(content.rows.map(({ name }) => name));
    case "stat":
      return content.figures.flatMap(({ name }) => (name === undefined ? [] : nameComplaints(name)));
    case "gauge":
      return [];
  }
}

function legendComplaints({ shown, entries }: LegendDrawing): string[] {
  return [
    ...(shown ? [] : [`${entries.length} series and no legend`]),
    ...namesComplaints(entries.map(({ name }) => name)),
  ];
}

function namesComplaints(names: readonly string[]): string[] {
  const doubled = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...[...new Set(doubled)].map((name) => `several series are called "${name}"`),
    ...names.flatMap(nameComplaints),
  ];
}

function nameComplaints(name: string): string[] {
  if (name === NAMELESS) return ["a series has no name"];
  if (/\w="/.test(name)) return [`a series is called by its labels: ${name}`];
  return [];
}
