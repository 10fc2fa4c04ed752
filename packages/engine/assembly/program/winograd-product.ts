// The products of tiles in Winograd's form, whatever their shape.
import { multiplyAdd } from "./fused";

/**
 * The products of a strip of tiles by one panel of 8 filters: [parts][strip][8] from inputs [parts][strip][channels] and
 * a kernel [parts][channels][8]. `count` of `strip` tiles are there, `pixel` is the bytes of an input's channels.
 */
export function multiplyParts(
  parts: usize,
  inputs: usize,
  pixel: usize,
  kernel: usize,
  products: usize,
  strip: usize,
  count: i32,
): void {
  const panelBytes = pixel << 3;
  let panel = kernel;
  for (let part: usize = 0; part < parts; part++) {
    const end = panel + panelBytes;
    let a0 = inputs + part * strip * pixel;
    let c = products + ((part * strip) << 5);
    for (let i = 0; i < count; i += 4) {
      let a1 = a0 + pixel;
      let a2 = a1 + pixel;
      let a3 = a2 + pixel;
      let c00 = f32x4.splat(0);
      let c01 = c00;
      let c10 = c00;
      let c11 = c00;
      let c20 = c00;
      let c21 = c00;
      let c30 = c00;
      let c31 = c00;
      for (let b = panel; b != end; b += 32) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        const s0 = v128.load32_splat(a0);
        c00 = multiplyAdd(s0, b0, c00);
        c01 = multiplyAdd(s0, b1, c01);
        const s1 = v128.load32_splat(a1);
        c10 = multiplyAdd(s1, b0, c10);
        c11 = multiplyAdd(s1, b1, c11);
        const s2 = v128.load32_splat(a2);
        c20 = multiplyAdd(s2, b0, c20);
        c21 = multiplyAdd(s2, b1, c21);
        const s3 = v128.load32_splat(a3);
        c30 = multiplyAdd(s3, b0, c30);
        c31 = multiplyAdd(s3, b1, c31);
        a0 += 4;
        a1 += 4;
        a2 += 4;
        a3 += 4;
      }
      v128.store(c, c00);
      v128.store(c, c01, 16);
      v128.store(c, c10, 32);
      v128.store(c, c11, 48);
      v128.store(c, c20, 64);
      v128.store(c, c21, 80);
      v128.store(c, c30, 96);
      v128.store(c, c31, 112);
      c += 128;
      a0 = a3;
    }
    panel = end;
  }
}
