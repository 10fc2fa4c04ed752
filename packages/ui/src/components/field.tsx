"use client";
import clsx from "clsx";
import { Switch as RadixSwitch } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { CONTROL } from "./control";

/** Ids that tie a control to its label and its words. */
export interface ControlIds {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: boolean;
}

interface FieldParts {
  readonly label: ReactNode;
  readonly help?: ReactNode;
  /** What is wrong with what stands in the control, and what would be right. */
  readonly error?: ReactNode;
  readonly unit?: string;
  /** At the label's right: a reset button, a mark. */
  readonly aside?: ReactNode;
  readonly children: (ids: ControlIds) => ReactNode;
}

/** A labelled control with its help and its error. */
export function Field({ label, help, error, unit, aside, children }: FieldParts) {
  const id = useId();
  const words = [
    help === undefined ? undefined : `${id}-help`,
    error === undefined ? undefined : `${id}-error`,
  ]
    .filter((part) => part !== undefined)
    .join(" ");
  return (
    <div className="flex flex-col gap-1">
      <div className="flex min-h-6 items-center justify-between gap-2">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
          {unit === undefined ? null : <span className="ml-1 font-normal text-quiet">in {unit}</span>}
        </label>
        {aside}
      </div>
      {children({
        id,
        ...(words === "" ? {} : { "aria-describedby": words }),
        ...(error === undefined ? {} : { "aria-invalid": true }),
      })}
      {error === undefined ? null : (
        <p id={`${id}-error`} className="text-sm text-danger">
          {error}
        </p>
      )}
      {help === undefined ? null : (
        <p id={`${id}-help`} className="text-sm text-quiet">
          {help}
        </p>
      )}
    </div>
  );
}

/** A line of text. */
export function TextInput({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      className={clsx(CONTROL, className ?? "w-full")}
      {...rest}
    />
  );
}

/** Several lines of text. */
export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      spellCheck={false}
      className={clsx(CONTROL, "h-auto min-h-16 py-1.5", className ?? "w-full")}
      {...rest}
    />
  );
}

/** Yes or no, at once. */
export function Switch({
  checked,
  onCheckedChange,
  disabled,
  ...ids
}: {
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  readonly disabled?: boolean;
} & Partial<ControlIds> & { readonly "aria-label"?: string }) {
  return (
    <RadixSwitch.Root
      {...ids}
      checked={checked}
      disabled={disabled === true}
      onCheckedChange={onCheckedChange}
      className="relative h-6 w-10 shrink-0 rounded-full border border-edge bg-sunken transition-colors disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
    >
      <RadixSwitch.Thumb className="block size-4 translate-x-[3px] rounded-full bg-edge transition-transform data-[state=checked]:translate-x-[19px] data-[state=checked]:bg-on-accent" />
    </RadixSwitch.Root>
  );
}

/** One of several that may be chosen together, with its words. */
export function Checkbox({
  label,
  help,
  ...rest
}: { readonly label: ReactNode; readonly help?: ReactNode } & Omit<ComponentProps<"input">, "type">) {
  return (
    <label className="flex min-h-6 items-start gap-2 text-sm">
      <input type="checkbox" className="mt-1 size-4 shrink-0 accent-(--accent)" {...rest} />
      <span>
        {label}
        {help === undefined ? null : <span className="block text-quiet">{help}</span>}
      </span>
    </label>
  );
}
