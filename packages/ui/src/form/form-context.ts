"use client";
import type { FieldType } from "@seams/core";
import { createContext, useContext } from "react";
import type { ParamPath } from "./param-schema";

/** A field that a param may name. */
export interface FieldChoice {
  readonly name: string;
  readonly type: FieldType;
}

/** What every control of a form shares. */
export interface FormParts {
  readonly fields: readonly FieldChoice[];
  readonly disabled: boolean;
  /** Takes a value into the document, unless there is a reason against it, which it returns. */
  readonly commit: (path: ParamPath, value: unknown) => string | undefined;
  /** What the compiler says about a param that is in the document. */
  readonly complaintAt: (path: ParamPath) => string | undefined;
}

/** Around a form. */
export const FormContext = createContext<FormParts>({
  fields: [],
  disabled: true,
  commit: () => undefined,
  complaintAt: () => undefined,
});
export const useForm = (): FormParts => useContext(FormContext);
