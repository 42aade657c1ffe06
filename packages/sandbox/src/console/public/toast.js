import { element } from "./dom.js";

const shownFor = 5_000;

/**
 * Says something in the corner, for eyes and for screen readers.
 * @param {string} text
 * @param {"note" | "error"} [kind]
 */
function toast(text, kind = "note") {
  const shown = element("p", { "data-kind": kind }, text);
  document.getElementById("toasts")?.append(shown);
  setTimeout(() => shown.remove(), kind === "error" ? shownFor * 2 : shownFor);
}

/**
 * Runs an action of the user; a failure is said, never thrown.
 * @template T
 * @param {Promise<T>} action
 * @param {string | ((outcome: T) => string)} [success] what to say when it worked
 * @returns {Promise<T | undefined>}
 */
export async function attempt(action, success) {
  try {
    const outcome = await action;
    if (success !== undefined) toast(typeof success === "string" ? success : success(outcome));
    return outcome;
  } catch (error) {
    toast(error instanceof Error ? error.message : "That did not work.", "error");
    return undefined;
  }
}
