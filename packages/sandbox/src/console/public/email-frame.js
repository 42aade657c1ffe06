import { element } from "./dom.js";

/** What an e-mail may not bring along: code, anything that loads from elsewhere, anything that leaves the page. */
const unwanted =
  "script, style, title, link, meta, base, iframe, frame, object, embed, form, input, button, audio, video, svg";

/**
 * Shows an e-mail's HTML. Three walls stand around it: it is cleaned here, the frame is sandboxed (no scripts,
 * no origin), and the frame inherits this page's content security policy.
 * @param {string} html
 */
export function emailFrame(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const found of template.content.querySelectorAll(unwanted)) found.remove();
  for (const found of template.content.querySelectorAll("*")) clean(found);
  return element("iframe.mail-html", {
    sandbox: "",
    title: "The e-mail's HTML",
    srcdoc: `<!doctype html><link rel="stylesheet" href="/styles/email.css">${template.innerHTML}`,
  });
}

/** @param {Element} found */
function clean(found) {
  for (const { name, value } of [...found.attributes]) {
    if (!isHarmless(name.toLowerCase(), value)) found.removeAttribute(name);
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
function isHarmless(name, value) {
  if (name.startsWith("on")) return false;
  if (name === "href") return /^https?:|^mailto:/i.test(value.trim());
  if (name === "src") return /^data:image\//i.test(value.trim());
  if (name === "style") return !/url\s*\(|@import|\\/i.test(value);
  return !["srcset", "background", "poster", "action", "formaction", "ping", "target"].includes(name);
}
