/** How a telephone network writes a text. */
export type SmsEncoding = "GSM-7" | "UCS-2";

export interface SmsParts {
  readonly encoding: SmsEncoding;
  /** What is sent as one short message each; one empty part for an empty text. */
  readonly parts: readonly string[];
}

/** The number of a part and how many there are travel as one byte each. */
export const MOST_SMS_PARTS = 255;

// 140 bytes: 160 characters of 7 bits or 70 of 16. A part of several has 6 bytes less, which hold its place among them.
const limits = {
  "GSM-7": { alone: 160, ofSeveral: 153 },
  "UCS-2": { alone: 70, ofSeveral: 67 },
} as const;

const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** These take two places: an escape goes before them. */
const extended = new Set("\f^{}\\[~]|€");

/**
 * The short messages that a text is sent as, as gateways split and bill it (3GPP TS 23.038 and 23.040). One character
 * outside the GSM alphabet makes all of them UCS-2. No character is divided between two parts.
 */
export function smsParts(text: string): SmsParts {
  const characters = [...text];
  const isGsm = characters.every((character) => basic.has(character) || extended.has(character));
  const encoding = isGsm ? "GSM-7" : "UCS-2";
  const widthOf = (character: string) => (isGsm ? (extended.has(character) ? 2 : 1) : character.length);
  const width = characters.reduce((sum, character) => sum + widthOf(character), 0);
  const { alone, ofSeveral } = limits[encoding];
  if (width <= alone) return { encoding, parts: [text] };
  const parts: string[] = [];
  let part = "";
  let left: number = ofSeveral;
  for (const character of characters) {
    left -= widthOf(character);
    if (left < 0) {
      parts.push(part);
      part = "";
      left = ofSeveral - widthOf(character);
    }
    part += character;
  }
  return { encoding, parts: [...parts, part] };
}
