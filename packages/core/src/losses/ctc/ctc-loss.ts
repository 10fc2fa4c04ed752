import type { Tensor, Tf } from "../../layers/layer";
import { align } from "./align";

/** Behind a target's end. */
export const NO_SYMBOL = -1;

/**
 * Each record's CTC loss in equal parts on its frames, [batch, frames]: their sum is the record's.
 *
 * Forward and gradient are computed in JavaScript, record by record, from values that are read back: exact to double
 * precision on every backend. A symbol that there is not makes its record's loss NaN: it is no target but a mistake.
 * @param values raw, [batch, frames, symbols + 1], the last of a frame's for the blank
 * @param target [batch, frames] symbols from the front, then −1
 */
export function ctcLoss(tf: Tf, { values, target }: { values: Tensor; target: Tensor }): Tensor {
  const [rows = 0, frames = 0, width = 0] = values.shape;
  const size = frames * width;
  const symbols = target.dataSync();
  const aligned = tf.customGrad((given) => {
    const raw = (given as Tensor).dataSync(); // customGrad's callback is typed for tensors and functions alike
    const losses = new Float32Array(rows * frames);
    const gradient = new Float32Array(rows * size);
    for (let row = 0; row < rows; row++) {
      const own = Array.from(symbols.subarray(row * frames, (row + 1) * frames));
      const end = own.indexOf(NO_SYMBOL);
      const said = end < 0 ? own : own.slice(0, end);
      if (!said.every((symbol) => isSymbol(symbol, width))) {
        losses.fill(Number.NaN, row * frames, (row + 1) * frames);
        continue;
      }
      const found = align({ raw: raw.subarray(row * size, (row + 1) * size), frames, width }, said);
      losses.fill(found.loss / frames, row * frames, (row + 1) * frames);
      gradient.set(found.gradient, row * size);
    }
    return {
      value: tf.tensor(losses, [rows, frames], "float32"),
      gradFunc: (dy: Tensor) =>
        tf.mul(
          tf.reshape(tf.mean(dy, 1), [rows, 1, 1]),
          tf.tensor(gradient, [rows, frames, width], "float32"),
        ),
    };
  });
  return aligned(values);
}

const isSymbol = (symbol: number, width: number): boolean =>
  Number.isInteger(symbol) && symbol >= 0 && symbol < width - 1;
