// Means over tiles that lie side by side. Pixels are `channels` wide, a multiple of 4; strides are in bytes.

/** y = the mean of every tile of `tileHeight` × `tileWidth` pixels. */
@unmanaged
export class Average {
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
}

export function average(call: Average): void {
  const down = call.tileHeight * call.xRow;
  const across = call.tileWidth * call.xPixel;
  const count = f32x4.splat(<f32>(call.tileHeight * call.tileWidth));
  for (let n = 0; n < call.images; n++) {
    for (let i = 0; i < call.height; i++) {
      for (let j = 0; j < call.width; j++) {
        const tile = call.x + <usize>(n * call.xImage + i * down + j * across);
        const y = call.y + <usize>(n * call.yImage + i * call.yRow + j * call.yPixel);
        for (let c: usize = 0; c < (<usize>call.channels) << 2; c += 16) {
          let sum = f32x4.splat(0);
          for (let u = 0; u < call.tileHeight; u++) {
            let row = f32x4.splat(0);
            let x = tile + c + <usize>(u * call.xRow);
            for (let v = 0; v < call.tileWidth; v++) {
              row = f32x4.add(row, v128.load(x));
              x += call.xPixel;
            }
            sum = f32x4.add(sum, row);
          }
          v128.store(y + c, f32x4.div(sum, count));
        }
      }
    }
  }
}

/** Gives every pixel of a tile its part of the gradient of y. What lies outside of every tile is left as it is. */
@unmanaged
export class AverageGradient {
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
  dx: usize;
  dxImage: i32;
  dxRow: i32;
  dxPixel: i32;
  /** 1: added to what dx holds. */
  add: i32;
}

export function averageGradient(call: AverageGradient): void {
  const down = call.tileHeight * call.dxRow;
  const across = call.tileWidth * call.dxPixel;
  const count = f32x4.splat(<f32>(call.tileHeight * call.tileWidth));
  for (let n = 0; n < call.images; n++) {
    for (let i = 0; i < call.height; i++) {
      for (let j = 0; j < call.width; j++) {
        const dy = call.dy + <usize>(n * call.dyImage + i * call.dyRow + j * call.dyPixel);
        const tile = call.dx + <usize>(n * call.dxImage + i * down + j * across);
        for (let c: usize = 0; c < (<usize>call.channels) << 2; c += 16) {
          const part = f32x4.div(v128.load(dy + c), count);
          for (let u = 0; u < call.tileHeight; u++) {
            let dx = tile + c + <usize>(u * call.dxRow);
            for (let v = 0; v < call.tileWidth; v++) {
              v128.store(dx, call.add ? f32x4.add(v128.load(dx), part) : part);
              dx += call.dxPixel;
            }
          }
        }
      }
    }
  }
}
