// Max-pools by tiles that lie side by side. Pixels are `channels` wide, a multiple of 8; strides are in bytes.

/**
 * y = the largest value of every tile of `tileHeight` × `tileWidth` pixels. `choice` gets, per value of y and in its order without borders,
 * which place of the tile won, in reading order, the first of equals; 0: not wanted.
 */
@unmanaged
export class Pool {
  images: i32;
  height: i32;
  width: i32;
  channels: i32;
  tileHeight: i32;
  tileWidth: i32;
  x: usize;
  xImage: i32;
  xRow: i32;
  xPixel: i32;
  y: usize;
  yImage: i32;
  yRow: i32;
  yPixel: i32;
  choice: usize;
}

export function pool(call: Pool): void {
  const tileWidth = call.tileWidth;
  const places = call.tileHeight * tileWidth;
  const down = call.tileHeight * call.xRow;
  const across = tileWidth * call.xPixel;
  let choice = call.choice;
  for (let n = 0; n < call.images; n++) {
    for (let i = 0; i < call.height; i++) {
      for (let j = 0; j < call.width; j++) {
        const tile = call.x + <usize>(n * call.xImage + i * down + j * across);
        const y = call.y + <usize>(n * call.yImage + i * call.yRow + j * call.yPixel);
        for (let c: usize = 0; c < (<usize>call.channels) << 2; c += 16) {
          let best = v128.load(tile + c);
          let winner = i32x4.splat(0);
          for (let k = 1; k < places; k++) {
            const value = v128.load(
              tile + c + <usize>((k / tileWidth) * call.xRow + (k % tileWidth) * call.xPixel),
            );
            winner = v128.bitselect(i32x4.splat(k), winner, f32x4.gt(value, best));
            best = f32x4.max(best, value); // keeps a value that is NaN
          }
          v128.store(y + c, best);
          if (choice) {
            store<u8>(choice, <u8>i32x4.extract_lane(winner, 0));
            store<u8>(choice, <u8>i32x4.extract_lane(winner, 1), 1);
            store<u8>(choice, <u8>i32x4.extract_lane(winner, 2), 2);
            store<u8>(choice, <u8>i32x4.extract_lane(winner, 3), 3);
            choice += 4;
          }
        }
      }
    }
  }
}

/**
 * Gives each gradient of y to the place of its tile that won, 0 to the others, nothing where the choice is none of them. `down`
 * and `across` lie between the places of a tile in dx. What lies outside of every tile is left as it is.
 */
@unmanaged
export class PoolGradient {
  images: i32;
  height: i32;
  width: i32;
  channels: i32;
  tileHeight: i32;
  tileWidth: i32;
  dy: usize;
  dyImage: i32;
  dyRow: i32;
  dyPixel: i32;
  choice: usize;
  dx: usize;
  dxImage: i32;
  down: i32;
  across: i32;
  /** 1: added to what dx holds. */
  add: i32;
}

export function poolGradient(call: PoolGradient): void {
  const tileWidth = call.tileWidth;
  const places = call.tileHeight * tileWidth;
  const down = call.tileHeight * call.down;
  const across = tileWidth * call.across;
  let choice = call.choice;
  for (let n = 0; n < call.images; n++) {
    for (let i = 0; i < call.height; i++) {
      for (let j = 0; j < call.width; j++) {
        const dy = call.dy + <usize>(n * call.dyImage + i * call.dyRow + j * call.dyPixel);
        const tile = call.dx + <usize>(n * call.dxImage + i * down + j * across);
        for (let c: usize = 0; c < (<usize>call.channels) << 2; c += 16) {
          const slope = v128.load(dy + c);
          const bytes = v128.load32_zero(choice);
          const winner = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
          for (let k = 0; k < places; k++) {
            const to = tile + c + <usize>((k / tileWidth) * call.down + (k % tileWidth) * call.across);
            const given = v128.and(slope, i32x4.eq(winner, i32x4.splat(k)));
            v128.store(to, call.add ? f32x4.add(v128.load(to), given) : given);
          }
          choice += 4;
        }
      }
    }
  }
}
