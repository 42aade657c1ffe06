/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Makes an element. `selector` is a tag with classes (`"button.primary"`); properties that are functions become
 * listeners (`onclick`), names with a dash or without a property of that name become attributes, null and false ones are left out.
 * @param {string} selector
 * @param {Record<string, unknown> | null} [properties]
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function element(selector, properties, ...children) {
  const [tag = "div", ...classes] = selector.split(".");
  const made = document.createElement(tag);
  if (classes.length > 0) made.className = classes.join(" ");
  for (const [name, value] of Object.entries(properties ?? {})) setProperty(made, name, value);
  made.append(...children.filter(isShown).map(asNode));
  return made;
}

/**
 * @param {HTMLElement} target
 * @param {string} name
 * @param {unknown} value
 */
function setProperty(target, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") target.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
  else target.setAttribute(name, value === true ? "" : String(value));
}

/**
 * @param {Child} child
 * @returns {child is Node | string | number}
 */
function isShown(child) {
  return child !== null && child !== undefined && child !== false;
}

/**
 * @param {Node | string | number} child
 * @returns {Node | string}
 */
function asNode(child) {
  return typeof child === "number" ? String(child) : child;
}

/**
 * One of the symbols of icons.svg, hidden from assistive technology: the word beside it says the same.
 * @param {string} name
 */
export function icon(name) {
  const image = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  image.classList.add("icon");
  image.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `/icons.svg#${name}`);
  image.append(use);
  return image;
}

/**
 * Writes text only when it differs, so that a row that did not change is not laid out again.
 * @param {Element} target
 * @param {string} text
 */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/**
 * @param {Element} target
 * @param {string} name
 * @param {string | null} value null removes it
 */
export function setAttribute(target, name, value) {
  if (value === null) target.removeAttribute(name);
  else if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/**
 * Makes the children of `parent` equal to `wanted`, in order, moving and removing as little as possible:
 * a child that stays keeps its focus and its scroll position.
 * @param {Element} parent
 * @param {readonly Element[]} wanted
 */
export function arrange(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  let place = parent.firstElementChild;
  for (const child of wanted) {
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
}

/**
 * A field that filters what is shown; the `/` key leads to it. Every word typed must be found.
 * @param {string} label
 * @param {() => void} onInput
 */
export function searchField(label, onInput) {
  const input = /** @type {HTMLInputElement} */ (
    element("input", { type: "search", "aria-label": label, "aria-keyshortcuts": "/", oninput: onInput })
  );
  const hint = element("kbd", { "aria-hidden": "true" }, "/");
  return { element: element("label.search", null, icon("search"), input, hint), input, matches };

  /** @param {() => string} text in lower case */
  function matches(text) {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return true;
    const searched = text();
    return words.every((word) => searched.includes(word));
  }
}

/** @param {unknown} target whether keys typed there are text */
export function takesText(target) {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])")
  );
}
