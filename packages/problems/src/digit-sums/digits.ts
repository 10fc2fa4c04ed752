import { readAsset } from "#assets";
import { sha256 } from "../data-hash";

/** Height and width of one digit. */
export const DIGIT_PX = 28;

/** Number of digits in the file. */
export const DIGITS = 10_000;

/** See data/README.md. */
const UNPACKED_SHA256 = "f2fccb433e40f48c953b310612677d9ca6ae331f87cf00558b1414c272b5cbc9";

/** The handwritten digits that ship with this package. */
export interface Digits {
  /** 0 … 9, one a digit. */
  readonly labels: Uint8Array;
  /** Grey values 0 … 255, DIGIT_PX × DIGIT_PX a digit, row by row. */
  readonly images: Uint8Array;
}

/**
 * Loads and unpacks the digits.
 * @throws Error when the file is not the one that this version was made with
 */
export async function loadDigits(): Promise<Digits> {
  const bytes = await readAsset("digits.bin");
  const hash = await sha256(bytes);
  if (hash !== UNPACKED_SHA256) throw new Error(`digits: data/digits.bin is damaged: its hash is ${hash}`);
  return { labels: bytes.subarray(0, DIGITS), images: bytes.subarray(DIGITS) };
}
