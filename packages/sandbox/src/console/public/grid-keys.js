/**
 * Arrow keys inside a grid of buttons and links. The whole grid is one stop of the Tab key, as its controls would
 * otherwise be hundreds; `data-control` names the same control in each row.
 */

/**
 * @param {HTMLElement} grid holds elements with role `row`
 * @param {string} entry the control of the first row that Tab leads to at first
 */
export function moveWithArrows(grid, entry) {
  grid.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLElement && target.dataset.control !== undefined) makeTabStop(target);
  });
  grid.addEventListener("keydown", (event) => {
    const next = destination(grid, event);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
  new MutationObserver(() => ensureTabStop()).observe(grid, {
    childList: true,
    subtree: true,
    attributeFilter: ["hidden"],
  });

  /** @param {HTMLElement} control */
  function makeTabStop(control) {
    for (const other of grid.querySelectorAll("[data-control][tabindex='0']")) other.setAttribute("tabindex", "-1");
    control.tabIndex = 0;
  }

  function ensureTabStop() {
    if (grid.querySelector("[data-control][tabindex='0']:not([hidden])") !== null) return;
    const first = /** @type {HTMLElement | null} */ (grid.querySelector(`[data-control="${entry}"]:not([hidden])`));
    if (first !== null) makeTabStop(first);
  }
}

/**
 * @param {HTMLElement} grid
 * @param {KeyboardEvent} event
 * @returns {HTMLElement | undefined}
 */
function destination(grid, { key, target, ctrlKey, metaKey, altKey }) {
  if (!(target instanceof HTMLElement) || ctrlKey || metaKey || altKey) return undefined;
  const row = target.closest("[role=row]");
  if (row === null) return undefined;
  const rows = /** @type {HTMLElement[]} */ ([
    ...grid.querySelectorAll("[role=row]:has([data-control]:not([hidden]))"),
  ]);
  const place = rows.indexOf(/** @type {HTMLElement} */ (row));
  switch (key) {
    case "ArrowDown":
      return sameControl(rows[place + 1], target);
    case "ArrowUp":
      return sameControl(rows[place - 1], target);
    case "Home":
      return sameControl(rows[0], target);
    case "End":
      return sameControl(rows.at(-1), target);
    case "ArrowRight":
      return besides(row, target, 1);
    case "ArrowLeft":
      return besides(row, target, -1);
    default:
      return undefined;
  }
}

/**
 * @param {HTMLElement | undefined} row
 * @param {HTMLElement} from
 */
function sameControl(row, from) {
  const controls = row === undefined ? [] : controlsOf(row);
  return controls.find(({ dataset }) => dataset.control === from.dataset.control) ?? controls.at(-1);
}

/**
 * @param {Element} row
 * @param {HTMLElement} from
 * @param {number} step
 */
function besides(row, from, step) {
  const controls = controlsOf(row);
  return controls[controls.indexOf(from) + step];
}

/** @param {Element} row */
function controlsOf(row) {
  return /** @type {HTMLElement[]} */ ([...row.querySelectorAll("[data-control]:not([hidden])")]);
}
