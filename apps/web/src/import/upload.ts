"use client";
import type { ImportPreview } from "@seams/api";
import type { Diagnostic } from "@seams/core";
import * as z from "zod";

/** What the API takes; it checks all of it again, and counts what really comes out of an archive. */
export const IMPORT_LIMITS = [
  "One file of at most 200 MB.",
  "An archive: at most 10,000 files, 200 MB unpacked, 50 MB each, no archive inside it.",
  "Images up to 4,096 pixels a side; recordings up to 60 seconds.",
  "At most 1,000,000 records.",
] as const;

/** The most bytes of one upload. */
export const MAX_UPLOAD_BYTES = 200 * 2 ** 20;

/** An upload that was refused, in the form that the pages' error states read. */
export class UploadError extends Error {
  readonly data: { readonly httpStatus?: number; readonly diagnostics: readonly Diagnostic[] };

  constructor(message: string, httpStatus?: number, diagnostics: readonly Diagnostic[] = []) {
    super(message);
    this.data = { ...(httpStatus === undefined ? {} : { httpStatus }), diagnostics };
  }
}

interface UploadParts {
  readonly file: File;
  /** The problem's name; empty: from the file's. */
  readonly name: string;
  readonly signal: AbortSignal;
  /** From 0 to 1; at 1 the file has arrived and is being read. */
  readonly onProgress: (fraction: number) => void;
}

/**
 * Sends a file to be looked at. Nothing is stored by it. XMLHttpRequest, because `fetch` says nothing of progress.
 * @throws UploadError
 */
export function uploadFile({ file, name, signal, onProgress }: UploadParts): Promise<ImportPreview> {
  const form = new FormData();
  form.set("name", name);
  form.set("file", file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/import");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    request.onerror = () => reject(new UploadError("The upload broke off."));
    request.onabort = () => reject(new DOMException("The upload was cancelled.", "AbortError"));
    request.onload = () => {
      try {
        resolve(readAnswer(request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

const Refusal = z.looseObject({
  message: z.string().default(""),
  diagnostics: z.array(z.unknown()).default([]),
});
const Preview = z.looseObject({ importId: z.uuid(), preview: z.looseObject({}) });

/**
 * The API's answer to an upload.
 * @throws UploadError where it is a refusal, or none of the API's answers
 */
export function readAnswer(status: number, text: string): ImportPreview {
  const answer = parse(text);
  if (status === 200 && Preview.safeParse(answer).success) return answer as ImportPreview; // the API's own words
  const refusal = Refusal.safeParse(answer);
  if (!refusal.success) throw new UploadError("The API gave an answer that is none of its own.", status);
  // The API's diagnostics were made by core's catalogue.
  throw new UploadError(refusal.data.message, status, refusal.data.diagnostics as Diagnostic[]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a proxy's page, for example: told apart by the caller
  }
}
