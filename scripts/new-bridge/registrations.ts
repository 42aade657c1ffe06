import type { BridgeNames } from "./bridge-name.ts";

/** A file that has to learn of a new bridge because its definition does not reach it. */
export interface Registration {
  readonly path: string;
  /** @throws MissingAnchor when the file is not of the shape that this knows */
  register(text: string, names: BridgeNames): string;
}

/** What a file must contain for a bridge to be registered there, and does not. */
export class MissingAnchor extends Error {
  override readonly name = "MissingAnchor";
}

/** Both are formatted and sorted afterwards, so where exactly a line goes does not matter. */
export const registrations: readonly Registration[] = [
  { path: "packages/contracts/src/index.ts", register: exportContracts },
  { path: "packages/sandbox/src/stand-ins/all.ts", register: addStandIn },
];

function exportContracts(text: string, { name, camel, pascal }: BridgeNames): string {
  return `${text}export { type ${pascal}Example, ${camel}Example, get${pascal}Example } from "./${name}.ts";\n`;
}

function addStandIn(text: string, { name, camel }: BridgeNames): string {
  const list = /return \[([^\]]*?),?\s*\];/;
  if (!list.test(text)) throw new MissingAnchor("allStandIns no longer returns a list that can be added to");
  const added = text.replace(list, (_, items: string) => `return [${items}, ${camel}StandIn()];`);
  return `import { ${camel}StandIn } from "./${name}.ts";\n${added}`;
}
