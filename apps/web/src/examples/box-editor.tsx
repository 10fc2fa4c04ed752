"use client";
import type { RecordValue } from "@seams/api";
import { PixelImage } from "@seams/ui";
import { type PointerEvent, useRef } from "react";
import { type Box, dragBox, type Grip } from "./drag-box";
import { NumberInput } from "./number-input";

const PARTS = ["centre from the left", "centre from the top", "width", "height"] as const;

interface BoxEditorParts {
  readonly name: string;
  readonly box: readonly number[];
  readonly picture: Extract<RecordValue, { is: "image" }> | undefined;
  readonly onChange: (box: readonly number[]) => void;
}

/** A box that is dragged over its picture, or given in numbers. */
export function BoxEditor({ name, box, picture, onChange }: BoxEditorParts) {
  const [x = 0.5, y = 0.5, width = 0.5, height = 0.5] = box;
  const current: Box = [x, y, width, height];
  return (
    <div className="flex flex-col gap-3">
      <div className="relative w-full max-w-80 touch-none select-none">
        {picture === undefined ? (
          <div className="aspect-square w-full rounded-sm bg-sunken" />
        ) : (
          <PixelImage label={`The picture that ${name} is on`} {...picture} />
        )}
        <DraggedBox box={current} onChange={onChange} />
      </div>
      <div className="grid max-w-80 grid-cols-2 gap-2">
        {PARTS.map((part, index) => (
          <label key={part} className="flex flex-col gap-1 text-sm">
            {part}
            <NumberInput
              label={`${name}: ${part}, as a part of the frame`}
              value={current[index]}
              onChange={(value) => onChange(current.map((one, place) => (place === index ? value : one)))}
            />
          </label>
        ))}
      </div>
    </div>
  );
}

/** The box itself. Those who don't use a pointer have the numbers below it. */
function DraggedBox({ box, onChange }: { readonly box: Box; readonly onChange: (box: Box) => void }) {
  const start = useRef<{ readonly grip: Grip; readonly x: number; readonly y: number; readonly box: Box }>(
    undefined,
  );
  const grab =
    (grip: Grip) =>
    (event: PointerEvent<HTMLElement>): void => {
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { grip, x: event.clientX, y: event.clientY, box };
    };
  const move = (event: PointerEvent<HTMLElement>): void => {
    const from = start.current;
    const frame = event.currentTarget.closest("[data-frame]")?.parentElement?.getBoundingClientRect();
    if (from === undefined || frame === undefined) return;
    const by = [(event.clientX - from.x) / frame.width, (event.clientY - from.y) / frame.height] as const;
    onChange(dragBox(from.box, from.grip, by));
  };
  const drop = (): void => {
    start.current = undefined;
  };
  const [x, y, width, height] = box;
  const percent = (part: number): string => `${part * 100}%`;
  return (
    <div
      data-frame
      aria-hidden
      className="absolute cursor-move bg-accent/10 outline-2 outline-accent"
      style={{
        left: percent(x - width / 2),
        top: percent(y - height / 2),
        width: percent(width),
        height: percent(height),
      }}
      onPointerDown={grab("whole")}
      onPointerMove={move}
      onPointerUp={drop}
    >
      <span
        className="absolute -right-2 -bottom-2 size-4 cursor-nwse-resize rounded-full border-2 border-accent bg-raised"
        onPointerDown={grab("corner")}
        onPointerMove={(event) => {
          event.stopPropagation();
          move(event);
        }}
        onPointerUp={drop}
      />
    </div>
  );
}
