import { element, icon, setText } from "../dom.js";
import { setAge } from "../time.js";

/** A symbol, the state in words, and since when unless all is well. */
export function stateMark() {
  const symbol = element("span.symbol");
  const words = element("span.words");
  const since = element("time.age", { "data-age": "" });
  return { element: element("span.state", null, symbol, words, since), draw };

  /**
   * @param {string} health
   * @param {string} text
   * @param {string | null} moment
   */
  function draw(health, text, moment) {
    if (symbol.dataset.health !== health) {
      symbol.dataset.health = health;
      symbol.replaceChildren(icon(health));
    }
    setText(words, text);
    since.hidden = moment === null;
    if (moment === null) since.removeAttribute("datetime");
    else setAge(since, moment);
  }
}
