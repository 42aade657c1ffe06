import { join } from "node:path";
import { chromium, type Page } from "playwright-core";

/** One picture of the console: a view in one of its colour schemes. */
interface Picture {
  readonly name: string;
  readonly view: string;
  readonly scheme: "light" | "dark";
  /** What must be on the page first. */
  readonly shows: string;
}

const views: readonly Picture[] = [
  { name: "fleet", view: "fleet", scheme: "light", shows: ".edge-row[data-health=trouble]" },
  { name: "fleet-dark", view: "fleet", scheme: "dark", shows: ".edge-row[data-health=trouble]" },
  { name: "messages", view: "messages/slack", scheme: "light", shows: ".chat li" },
  { name: "traffic", view: "traffic", scheme: "dark", shows: ".stream tbody tr:nth-child(20)" },
  { name: "services", view: "services", scheme: "light", shows: ".services-table tbody tr" },
];

export interface PictureOptions {
  readonly url: string;
  readonly folder: string;
  /** Path of a Chromium. */
  readonly browser: string;
}

/** Takes a picture of every view worth showing. @returns the files */
export async function takePictures({ url, folder, browser: executablePath }: PictureOptions): Promise<string[]> {
  await using browser = await chromium.launch({
    executablePath,
    args: ["--no-first-run", "--disable-gpu", "--disable-quic", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const files: string[] = [];
  for (const picture of [...views, await ticketPicture(url)]) files.push(await take(page, url, { ...picture, folder }));
  return files;
}

/** The ticket with the most notes says the most about the engine. */
async function ticketPicture(url: string): Promise<Picture> {
  const list = (await (await fetch(`${url}/api/tickets`)).json()) as { id: number }[];
  const tickets = await Promise.all(
    list.map(
      async ({ id }) => (await (await fetch(`${url}/api/tickets/${id}`)).json()) as { id: number; notes: object[] },
    ),
  );
  const best = tickets.toSorted((a, b) => b.notes.length - a.notes.length)[0];
  if (best === undefined) throw new Error("there is no ticket to show");
  return { name: "ticket", view: `tickets/${best.id}`, scheme: "light", shows: ".notes li" };
}

async function take(
  page: Page,
  url: string,
  { name, view, scheme, shows, folder }: Picture & { readonly folder: string },
): Promise<string> {
  const path = join(folder, `console-${name}.png`);
  await page.emulateMedia({ colorScheme: scheme });
  await page.goto(`${url}/#/${view}`);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.locator(shows).first().waitFor({ timeout: 60_000 });
  await page.mouse.move(0, 0);
  await page.screenshot({ path });
  return path;
}
