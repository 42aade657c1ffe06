/**
 * Slack's message markup, as far as alerts use it.
 * @typedef {{ kind: "text" | "bold" | "italic" | "code", text: string } | { kind: "link", text: string, url: string }} Piece
 */

const markup =
  /<(?<url>https?:\/\/[^|>\s]+)(?:\|(?<label>[^>]*))?>|(?<bare>https?:\/\/[^\s<>|]+)|`(?<code>[^`\n]+)`|(?<![\w*])\*(?<bold>[^*\n]+)\*(?![\w*])|(?<!\w)_(?<italic>[^_\n]+)_(?!\w)/g;

/**
 * Takes a message apart; whatever is not markup stays text.
 * @param {string} message
 * @returns {Piece[]}
 */
export function parseMrkdwn(message) {
  /** @type {Piece[]} */
  const pieces = [];
  let end = 0;
  for (const match of message.matchAll(markup)) {
    if (match.index > end) pieces.push({ kind: "text", text: unescaped(message.slice(end, match.index)) });
    pieces.push(pieceOf(match.groups ?? {}));
    end = match.index + match[0].length;
  }
  if (end < message.length) pieces.push({ kind: "text", text: unescaped(message.slice(end)) });
  return pieces;
}

/**
 * @param {Record<string, string | undefined>} groups
 * @returns {Piece}
 */
function pieceOf({ url, label, bare, code, bold, italic }) {
  const address = url ?? bare;
  if (address !== undefined) return { kind: "link", url: unescaped(address), text: unescaped(label || address) };
  if (code !== undefined) return { kind: "code", text: unescaped(code) };
  if (bold !== undefined) return { kind: "bold", text: unescaped(bold) };
  return { kind: "italic", text: unescaped(italic ?? "") };
}

/** @param {string} text as it is sent: Slack wants these three signs escaped, and no others */
function unescaped(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
