/** Fields of a protocol buffer's message, by their number. Only what TensorFlow's graphs need. */
export interface Message {
  /** A whole number; negative ones as 64-bit two's complement. */
  integer(field: number, value: number): Message;
  float(field: number, value: number): Message;
  bytes(field: number, value: Uint8Array): Message;
  text(field: number, value: string): Message;
  message(field: number, write: (inner: Message) => void): Message;
}

/** Wire types: how a field's value is laid out. */
const VARINT = 0;
const LENGTH = 2;
const FIXED_32 = 5;

const encoder = new TextEncoder();

/**
 * A message's bytes.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function encode(write: (message: Message) => void): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const put = (part: Uint8Array): void => {
    parts.push(part);
    length += part.length;
  };
  const tag = (field: number, wire: number): void => put(varint((field << 3) | wire));
  const message: Message = {
    integer(field, value) {
      tag(field, VARINT);
      put(varint(value));
      return message;
    },
    float(field, value) {
      tag(field, FIXED_32);
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setFloat32(0, value, true);
      put(bytes);
      return message;
    },
    bytes(field, value) {
      tag(field, LENGTH);
      put(varint(value.length));
      put(value);
      return message;
    },
    text: (field, value) => message.bytes(field, encoder.encode(value)),
    message: (field, inner) => message.bytes(field, encode(inner)),
  };
  write(message);
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Seven bits a byte, lowest first; the top bit says that more follow. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
