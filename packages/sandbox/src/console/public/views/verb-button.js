/** @import { Edge } from "../../api-types.ts" */
import { element, setAttribute, setText } from "../dom.js";
import { attempt } from "../toast.js";

/** Fails or heals, as the state wants; it stays the same element, so it keeps the keyboard's focus. */
export class VerbButton {
  /** @type {"fail" | "heal"} */
  #verb = "fail";
  #about;
  #act;

  /**
   * @param {string} control which of the row's buttons this is, for the arrow keys
   * @param {string} about what it acts on, in words
   * @param {(verb: "fail" | "heal") => Promise<Edge>} act
   */
  constructor(control, about, act) {
    this.#about = about;
    this.#act = act;
    const properties = { type: "button", "data-control": control, tabindex: -1, onclick: () => this.#press() };
    this.element = element("button.verb", properties);
  }

  /** @param {"fail" | "heal" | null} verb null: there is nothing to do */
  draw(verb) {
    this.element.hidden = verb === null;
    this.#verb = verb ?? "fail";
    const word = verb === "fail" ? "Fail" : "Heal";
    setAttribute(this.element, "data-verb", verb);
    setAttribute(this.element, "aria-label", `${word} ${this.#about}`);
    setText(this.element, word);
  }

  async #press() {
    await attempt(this.#act(this.#verb));
  }
}
