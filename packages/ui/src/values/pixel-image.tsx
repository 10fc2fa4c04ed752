"use client";
import clsx from "clsx";
import { useEffect, useRef } from "react";
import { bytesOf, type PixelSize, rgbaOf } from "./pixels";

/** A box over a picture: centre and size as parts of the frame, and what it says. */
export interface BoxOverlay {
  readonly name: string;
  /** Centre x, centre y, width, height; absent: nobody has drawn it. */
  readonly box?: readonly [number, number, number, number];
}

interface PixelImageParts extends PixelSize {
  /** What the picture shows, for those who don't see it. */
  readonly label: string;
  readonly base64: string;
  readonly boxes?: readonly BoxOverlay[];
  readonly className?: string;
}

/** A picture with visible pixels: enlarged without blur, as wide as its parent. */
export function PixelImage({
  label,
  base64,
  boxes = [],
  className,
  heightPx,
  widthPx,
  channels,
}: PixelImageParts) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const pixels = rgbaOf(bytesOf(base64), { heightPx, widthPx, channels });
    canvas.current?.getContext("2d")?.putImageData(new ImageData(pixels, widthPx, heightPx), 0, 0);
  }, [base64, heightPx, widthPx, channels]);
  return (
    <span className={clsx("relative block", className)} style={{ aspectRatio: `${widthPx} / ${heightPx}` }}>
      <canvas
        ref={canvas}
        width={widthPx}
        height={heightPx}
        role="img"
        aria-label={label}
        className="block size-full rounded-sm [image-rendering:pixelated]"
      />
      {boxes.map(({ name, box }) =>
        box === undefined ? null : (
          <span
            key={name}
            aria-hidden
            title={name}
            style={percent(box)}
            className="absolute outline-2 outline-type-box"
          />
        ),
      )}
    </span>
  );
}

const percent = ([x, y, width, height]: readonly [number, number, number, number]) => ({
  left: `${(x - width / 2) * 100}%`,
  top: `${(y - height / 2) * 100}%`,
  width: `${width * 100}%`,
  height: `${height * 100}%`,
});
