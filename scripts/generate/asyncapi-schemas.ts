import * as contracts from "@trunkline/contracts";
import { z } from "zod";

/** The JSON Schemas of an AsyncAPI document: each named once, and referred to wherever it is used. */
export interface SchemaBook {
  /** Where the schema stands in the document; one without a name of its own gets the name that is offered. */
  refer(schema: z.ZodType, name: string): { $ref: string };
  /** Everything that was named, as `components.schemas`. */
  schemas(): Record<string, object>;
}

/** Starts with every schema that the contracts export, by the name that it has there. */
export function schemaBook(): SchemaBook {
  const registry = z.registry<{ id: string }>();
  for (const [name, value] of Object.entries<unknown>(contracts)) {
    if (value instanceof z.ZodType) registry.add(value, { id: name });
  }
  return {
    refer(schema, name) {
      if (!registry.has(schema)) registry.add(schema, { id: name });
      return { $ref: place(registry.get(schema)?.id ?? name) };
    },
    schemas() {
      // What a peer writes; what JSON Schema cannot say (a transformation, a date) allows anything.
      const { schemas } = z.toJSONSchema(registry, {
        target: "draft-7",
        io: "input",
        unrepresentable: "any",
        uri: place,
        override: ({ jsonSchema }) => {
          // A list that must be empty; AsyncAPI does not take Zod's way of saying so.
          if (!Array.isArray(jsonSchema.items) || jsonSchema.items.length > 0) return;
          delete jsonSchema.items;
          jsonSchema.maxItems = 0;
        },
      });
      return hoisted(schemas);
    },
  };
}

/**
 * What refers to itself without a name is put below `__shared` and named `schema0`; a document has one level only.
 * Ids are left out: with one, a schema would be read as a document of its own, and could refer to none of the others.
 */
function hoisted({ __shared, ...named }: Record<string, z.core.JSONSchema.BaseSchema>): Record<string, object> {
  const own = Object.entries(named).map(([name, { $schema, $id, ...rest }]) => [name, rest]);
  const all = Object.assign(Object.fromEntries(own), __shared?.definitions);
  return JSON.parse(JSON.stringify(all).replaceAll("/__shared#/definitions/", "/"));
}

function place(name: string): string {
  return `#/components/schemas/${name}`;
}
