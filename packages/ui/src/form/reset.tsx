"use client";
import { RotateCcw } from "lucide-react";
import { IconButton } from "../components/icon-button";
import { useForm } from "./form-context";
import { type ParamPath, type ParamSchema, sameValue } from "./param-schema";

/** What the field of one param is made from. */
export interface ParamFieldParts {
  readonly name: string;
  readonly path: ParamPath;
  readonly schema: ParamSchema;
  readonly value: unknown;
  readonly required: boolean;
}

/** A dot for a param that is not at its default, and the way back. */
export function Reset({
  title,
  parts: { path, schema, value, required },
}: {
  readonly title: string;
  readonly parts: ParamFieldParts;
}) {
  const { commit, disabled } = useForm();
  if (required || value === undefined || sameValue(value, schema.default)) return null;
  return (
    <span className="flex items-center gap-1">
      <span className="size-2 rounded-full bg-accent" title="Changed from the default" />
      <IconButton
        className="size-6"
        label={`Reset ${title}`}
        disabled={disabled}
        icon={<RotateCcw aria-hidden size={14} />}
        onClick={() => commit(path, undefined)}
      />
    </span>
  );
}
