import { SetupError } from "./errors.mjs";
import { aptCommands, runInstaller } from "./installers.mjs";
import { machineFacts } from "./machine.mjs";
import { installed, isExecutable } from "./programs.mjs";
import { say } from "./progress.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const macApplications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Sees to it that the browser tests have a Chromium; without one they are skipped, which is said here. */
export async function ensureBrowser() {
  if (findBrowser() !== undefined) {
    say(`a browser is here: ${findBrowser()}`);
    return;
  }
  const facts = await machineFacts();
  if (!facts.apt || !(facts.root || facts.sudo)) {
    say(`the browser tests will be skipped: ${names.join(", ")} are not on the PATH, and apt-get cannot be used here`);
    return;
  }
  try {
    await runInstaller(aptCommands(["chromium"], facts));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`the browser tests will be skipped: ${error.message}`);
  }
}

function findBrowser() {
  return names.map(installed).find((file) => file !== undefined) ?? macApplications.find(isExecutable);
}
