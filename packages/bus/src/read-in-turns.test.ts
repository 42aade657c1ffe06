import { describe, expect, it, test } from "vitest";
import { z } from "zod";
import { NotJsonError } from "./errors.ts";
import { elementOf } from "./list-element.ts";
import { readInTurns } from "./read-in-turns.ts";

const MEBIBYTE = 1_048_576;
/** Elements of a quarter of a mebibyte in all their oddity: texts that look like structure, lists within. */
const element = (index: number, filling = "x") => ({
  name: `edge ${index}`,
  text: `"},{"name":" é😀 \\" ${filling.repeat(MEBIBYTE / 4)}`,
  inner: [{ other: 1 }, { name: "like an element" }, { name: "and again" }],
});
const elements = Array.from({ length: 12 }, (_, index) => element(index));
const reply = { request_id: "r-1", body: elements, status: 200 };

async function read(text: string) {
  const taken: unknown[][] = [];
  const value = await readInTurns(Buffer.from(text), (slice) => void taken.push([...slice]));
  return { taken, value: value as { body: unknown } };
}

/** What a text is read as, its list put together again. */
async function readWhole(text: string): Promise<unknown> {
  const { taken, value } = await read(text);
  return taken.length === 0 ? value : { ...value, body: [...taken.flat(), ...(value.body as unknown[])] };
}

describe("a long list", () => {
  it.each([
    ["as JavaScript writes it", JSON.stringify(reply)],
    ["with blanks and breaks", JSON.stringify(reply, null, 2)],
    ["with its body last", JSON.stringify({ request_id: 7, status: 200, body: elements })],
  ])("%s is read in slices and loses nothing", async (_how, text) => {
    const { taken } = await read(text);
    expect(taken.length).toBeGreaterThan(2);
    expect(await readWhole(text)).toEqual(JSON.parse(text));
  });

  it("lets others take their turns", async () => {
    let turns = 0;
    const count = () => {
      turns += 1;
      immediate = setImmediate(count);
    };
    let immediate = setImmediate(count);
    await read(JSON.stringify(reply));
    clearImmediate(immediate);
    expect(turns).toBeGreaterThan(2);
  });

  it("may hold the bare tokens that Python writes", async () => {
    const text = JSON.stringify(reply).replaceAll('{"other":1}', '{"other":NaN}');
    expect(await readWhole(text)).toMatchObject({
      body: [{ inner: [{ other: null }, {}, {}] }, ...Array(11).fill({})],
    });
  });

  it.each([
    ["a broken element", (text: string) => text.replace('"name":"edge 9"', '"name":edge 9')],
    ["an end that is missing", (text: string) => text.slice(0, -20)],
    ["a comma too many", (text: string) => text.replace('],"status"', ',],"status"')],
  ])("with %s is no JSON", async (_what, spoil) => {
    await expect(read(spoil(JSON.stringify(reply)))).rejects.toThrow(NotJsonError);
  });
});

test.each([
  { status: 200, body: "x".repeat(2 * MEBIBYTE) },
  { status: 200, body: Array.from({ length: 300_000 }, (_, index) => index) },
  { status: 200, body: [] },
  { status: 200, nested: { body: elements } },
  { status: 200, body: { body: elements } },
  elements,
  null,
])("what is no list of objects in a body is read at once", async (value) => {
  expect(await read(JSON.stringify(value))).toEqual({ taken: [], value });
});

test("elements that begin differently are read, if not in slices", async () => {
  const odd = { status: 200, body: elements.map((each, index) => ({ [`k${index}`]: 1, ...each })) };
  expect(await readWhole(JSON.stringify(odd))).toEqual(odd);
});

test("the element of a list is known where there is one list, and nothing asked of the whole", () => {
  const row = z.object({ id: z.int() });
  expect(elementOf(z.array(row))).toBe(row);
  expect(elementOf(z.union([z.array(row), z.string()]))).toBe(row);
  expect(elementOf(z.array(row).min(1))).toBeUndefined();
  expect(elementOf(z.union([z.array(row), z.array(z.string())]))).toBeUndefined();
  expect(elementOf(z.object({ rows: z.array(row) }))).toBeUndefined();
});
