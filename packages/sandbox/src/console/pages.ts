import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Hono } from "hono";

const folder = fileURLToPath(new URL("./public/", import.meta.url));

const mediaTypes: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/**
 * Everything comes from the console itself, no inline script or style sheet runs, nobody may frame it.
 * Style attributes are allowed because e-mails are laid out with them and a `srcdoc` frame inherits this policy.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
};

/** Serves the web console's files at `/`. Only files found in its folder at start-up have an address. */
export function consolePages(): Hono {
  const pages = new Hono();
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const mediaType = mediaTypes[extname(file)];
    if (mediaType === undefined) continue;
    const address = file === "index.html" ? "/" : `/${file}`;
    pages.get(address, (context) =>
      context.body(readFileSync(`${folder}${file}`, "utf8"), 200, { ...headers, "content-type": mediaType }),
    );
  }
  return pages;
}
