"use client";
import { Slider as Radix } from "radix-ui";

interface SliderParts {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly onValueChange: (value: number) => void;
  readonly disabled?: boolean;
  /** What the value means, for those who hear it. */
  readonly valueText?: string;
}

/** A number by hand. Arrow keys, Page keys, Home and End work too. */
export function Slider({
  label,
  value,
  min,
  max,
  step = 1,
  onValueChange,
  disabled,
  valueText,
}: SliderParts) {
  return (
    <Radix.Root
      value={[value]}
      min={min}
      max={max}
      step={step}
      disabled={disabled === true}
      onValueChange={([next]) => {
        if (next !== undefined) onValueChange(next);
      }}
      className="relative flex h-6 w-full touch-none items-center select-none data-disabled:opacity-50"
    >
      <Radix.Track className="relative h-1 grow rounded-full bg-sunken outline outline-line">
        <Radix.Range className="absolute h-full rounded-full bg-accent" />
      </Radix.Track>
      <Radix.Thumb
        aria-label={label}
        aria-valuetext={valueText}
        className="block size-5 rounded-full border-2 border-accent bg-raised shadow-card hover:bg-accent-soft"
      />
    </Radix.Root>
  );
}
