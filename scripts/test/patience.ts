import { vi } from "vitest";

/** Milliseconds that a test waits for what it has to see, unless it says otherwise: more than any wait takes. */
const patienceMs = 15_000;

const { waitFor } = vi;

// vitest's own second is too short where everything runs at once, and has no setting. Loaded before each file.
vi.waitFor = (callback, options) => {
  return waitFor(callback, typeof options === "number" ? options : { timeout: patienceMs, interval: 20, ...options });
};
