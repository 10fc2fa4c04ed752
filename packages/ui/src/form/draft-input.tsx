"use client";
import { useEffect, useRef, useState } from "react";
import { type ControlIds, TextArea, TextInput } from "../components/field";
import { sameValue } from "./param-schema";

/** How a text stands for a value. `parse` gives a reason where it stands for none. */
export interface Writing<T> {
  readonly show: (value: T | undefined) => string;
  readonly parse: (text: string) => { readonly value: T | undefined } | { readonly reason: string };
}

interface DraftParts<T> {
  readonly ids: ControlIds;
  readonly value: T | undefined;
  readonly writing: Writing<T>;
  /** Takes the value, or says why not. */
  readonly commit: (value: T | undefined) => string | undefined;
  readonly onReason: (reason: string | undefined) => void;
  readonly disabled: boolean;
  readonly placeholder?: string;
  readonly lines?: "one" | "several";
  readonly inputMode?: "numeric" | "decimal";
}

/**
 * A text that is being written: what makes sense goes into the document at once, what doesn't stays here with its reason.
 * Escape goes back to what the document has.
 */
export function DraftInput<T>({
  ids,
  value,
  writing,
  commit,
  onReason,
  disabled,
  placeholder,
  lines = "one",
  inputMode,
}: DraftParts<T>) {
  const [text, setText] = useState(() => writing.show(value));
  const committed = useRef(value);
  useEffect(() => {
    // Another hand (undo, reset) changed the document: the draft follows. Our own commit keeps the text as written.
    if (sameValue(committed.current, value)) return;
    committed.current = value;
    setText(writing.show(value));
    onReason(undefined);
  }, [value, writing, onReason]);

  const write = (next: string): void => {
    setText(next);
    const read = writing.parse(next);
    if ("reason" in read) return onReason(read.reason);
    const before = committed.current;
    committed.current = read.value;
    const reason = commit(read.value);
    if (reason !== undefined) committed.current = before;
    onReason(reason);
  };
  const back = (): void => {
    setText(writing.show(committed.current));
    onReason(undefined);
  };
  const shared = {
    ...ids,
    value: text,
    disabled,
    ...(placeholder === undefined ? {} : { placeholder }),
    onKeyDown: (event: { key: string; stopPropagation: () => void }) => {
      if (event.key !== "Escape" || ids["aria-invalid"] !== true) return;
      event.stopPropagation();
      back();
    },
  };
  if (lines === "several")
    return (
      <TextArea
        {...shared}
        className="w-full font-mono"
        rows={2}
        onChange={(event) => write(event.target.value)}
      />
    );
  return (
    <TextInput
      {...shared}
      {...(inputMode === undefined ? {} : { inputMode })}
      onChange={(event) => write(event.target.value)}
    />
  );
}
