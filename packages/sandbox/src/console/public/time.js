import { element, setText } from "./dom.js";

const timeOfDay = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const dayAndTime = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

/** How far the sandbox's clock is ahead of this computer's, in milliseconds: a storyline may move it. */
let ahead = 0;

/** The sandbox's time. */
export function now() {
  return Date.now() + ahead;
}

/** @param {string} moment the sandbox's time, just read from it */
export function setNow(moment) {
  ahead = new Date(moment).getTime() - Date.now();
}

/**
 * An event cannot come from the future: when it seems to, the sandbox's clock has been moved on.
 * @param {string} moment
 */
export function noteEvent(moment) {
  if (new Date(moment).getTime() - now() > 1_000) setNow(moment);
}

/**
 * Local time with seconds, with the day when it is not today.
 * @param {string | number} moment
 */
export function clockTime(moment) {
  const date = new Date(moment);
  const today = new Date(now()).toDateString() === date.toDateString();
  return (today ? timeOfDay : dayAndTime).format(date);
}

/** Seconds in a day, an hour and a minute, with their letters. */
const ageUnits = /** @type {const} */ ([
  [86_400, "d"],
  [3_600, "h"],
  [60, "m"],
]);

/**
 * How long ago, in one or two units: `8s`, `3m 5s`, `2h 10m`, `4d 3h`.
 * @param {string} moment
 */
function age(moment) {
  const seconds = Math.max(0, Math.floor((now() - new Date(moment).getTime()) / 1000));
  const place = ageUnits.findIndex(([length]) => seconds >= length);
  const [length, letter] = ageUnits[place] ?? [1, "s"];
  const [part, smaller] = ageUnits[place + 1] ?? [1, "s"];
  const rest = Math.floor((seconds % length) / part);
  return `${Math.floor(seconds / length)}${letter}${rest === 0 ? "" : ` ${rest}${smaller}`}`;
}

/**
 * A local time, its full date as a tooltip.
 * @param {string} moment
 * @param {string} [className]
 */
export function timeElement(moment, className) {
  const time = element("time", { datetime: moment, title: full.format(new Date(moment)) }, clockTime(moment));
  if (className !== undefined) time.className = className;
  return time;
}

/**
 * An age that keeps itself up to date while it is on the page.
 * @param {string} moment
 */
export function ageElement(moment) {
  const time = element("time.age", { "data-age": "" });
  setAge(time, moment);
  return time;
}

/**
 * @param {Element} time
 * @param {string} moment
 */
export function setAge(time, moment) {
  if (time.getAttribute("datetime") !== moment) {
    time.setAttribute("datetime", moment);
    time.setAttribute("title", `since ${full.format(new Date(moment))}`);
  }
  setText(time, age(moment));
}

/** Brings every age on the page up to date. */
export function refreshAges() {
  for (const time of document.querySelectorAll("[data-age][datetime]")) {
    setText(time, age(time.getAttribute("datetime") ?? ""));
  }
}
