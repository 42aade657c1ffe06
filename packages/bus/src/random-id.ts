import { randomFillSync } from "node:crypto";

const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
export const ID_LENGTH = 22;
// The largest multiple of the alphabet's size below 256: bytes above it would favour the first characters.
const FAIR = 256 - (256 % ALPHABET.length);

const pool = Buffer.allocUnsafe(8192);
let used = pool.length;

// Digits are written for many ids at once. An id is a slice of them and keeps all of them in memory, so they are few.
const DIGIT_BYTES = 256;
let digits = "";
let usedDigits = 0;

/** A random name of 22 characters, as hard to guess and as long as those of the existing fleet. */
export function shortId(): string {
  let id = "";
  while (id.length < ID_LENGTH) {
    const byte = nextByte();
    if (byte < FAIR) id += ALPHABET[byte % ALPHABET.length];
  }
  return id;
}

/** So many random bytes in hexadecimal digits, as trace and span ids are written. */
export function randomHex(bytes: number): string {
  const length = 2 * bytes;
  if (usedDigits + length > digits.length) {
    if (used + DIGIT_BYTES > pool.length) refill();
    digits = pool.toString("hex", used, used + DIGIT_BYTES);
    used += DIGIT_BYTES;
    usedDigits = 0;
  }
  usedDigits += length;
  return digits.slice(usedDigits - length, usedDigits);
}

function nextByte(): number {
  if (used === pool.length) refill();
  return pool[used++] ?? 0;
}

// Asking the operating system for a few bytes at a time costs more than all the rest of a request's bookkeeping.
function refill(): void {
  randomFillSync(pool);
  used = 0;
}
