import { parseArgs } from "node:util";
import { build, createServer } from "vitepress";

/*
 * npm run docs              builds the documentation site into docs/.vitepress/dist; a dead link fails it
 * npm run docs -- --dev     serves it at http://localhost:5173, and again after every change
 */
const { values } = parseArgs({ options: { dev: { type: "boolean", default: false } } });
if (values.dev) {
  const server = await createServer("docs");
  await server.listen();
  server.printUrls();
} else {
  try {
    await build("docs");
    console.log("built docs/.vitepress/dist");
  } catch (error) {
    // VitePress has named every dead link before; where in its own code that happened helps nobody.
    console.error(error instanceof Error ? error.message.split(/\n +at /)[0] : error);
    process.exitCode = 1;
  }
}
