"use client";
import type { ImportPreview } from "@seams/api";
import { Button, ErrorState, Page, PageHeader, useAnnounce } from "@seams/ui";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { paths } from "../paths";
import { Crumbs } from "../shell/crumbs";
import { useTRPC } from "../trpc";
import { ChooseFile } from "./choose-file";
import { Review } from "./review";
import { MAX_UPLOAD_BYTES, UploadError, uploadFile } from "./upload";

/** Where an import is: a file chosen, on its way, understood, or refused. */
type Step =
  | { readonly at: "choose" }
  | { readonly at: "uploading"; readonly fileName: string; readonly fraction: number }
  | { readonly at: "review"; readonly fileName: string; readonly answer: ImportPreview }
  | { readonly at: "refused"; readonly error: unknown };

/** Brings one's own data: upload, look, correct, and only then store. */
export function ImportScreen() {
  const trpc = useTRPC();
  const announce = useAnnounce();
  const [step, setStep] = useState<Step>({ at: "choose" });
  const [name, setName] = useState("");
  const abort = useRef<AbortController>(undefined);
  const discard = useMutation(trpc.problems.importDiscard.mutationOptions());
  useEffect(() => () => abort.current?.abort(), []);
  const send = async (file: File): Promise<void> => {
    if (file.size > MAX_UPLOAD_BYTES) {
      setStep({
        at: "refused",
        error: new UploadError(
          `${file.name} has ${Math.ceil(file.size / 2 ** 20)} MB; at most 200 MB are taken.`,
          413,
        ),
      });
      return;
    }
    const controller = new AbortController();
    abort.current = controller;
    setStep({ at: "uploading", fileName: file.name, fraction: 0 });
    try {
      const answer = await uploadFile({
        file,
        name: name.trim(),
        signal: controller.signal,
        onProgress: (fraction) => setStep({ at: "uploading", fileName: file.name, fraction }),
      });
      announce(`${file.name} was read. Nothing is stored yet.`);
      setStep({ at: "review", fileName: file.name, answer });
    } catch (error) {
      setStep(controller.signal.aborted ? { at: "choose" } : { at: "refused", error });
    }
  };
  const leave = (importId: string): void => {
    discard.mutate({ importId });
    setStep({ at: "choose" });
  };
  return (
    <Page>
      <Crumbs items={[{ label: "Gallery", href: paths.gallery() }, { label: "Bring your own data" }]} />
      <PageHeader
        title="Bring your own data"
        lead="A table, a folder of images or recordings, arrays: it becomes a problem that pipelines can be drawn for."
      />
      {step.at === "choose" ? (
        <ChooseFile name={name} onName={setName} onFile={(file) => void send(file)} />
      ) : step.at === "uploading" ? (
        <Uploading {...step} onCancel={() => abort.current?.abort()} />
      ) : step.at === "refused" ? (
        <ErrorState error={step.error} safe="Nothing was stored." onRetry={() => setStep({ at: "choose" })} />
      ) : (
        <Review
          key={step.answer.importId}
          fileName={step.fileName}
          answer={step.answer}
          onDiscard={() => leave(step.answer.importId)}
        />
      )}
    </Page>
  );
}

function Uploading({
  fileName,
  fraction,
  onCancel,
}: {
  readonly fileName: string;
  readonly fraction: number;
  readonly onCancel: () => void;
}) {
  const isReading = fraction >= 1;
  return (
    <div
      role="status"
      className="flex flex-col items-center gap-3 rounded-lg border border-line bg-surface px-6 py-16"
    >
      <p className="font-semibold">{isReading ? `Reading ${fileName}…` : `Sending ${fileName}…`}</p>
      <progress
        className="h-2 w-64 max-w-full accent-(--accent)"
        aria-label={isReading ? "Reading" : "Sent"}
        {...(isReading ? {} : { value: fraction, max: 1 })}
      />
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
}
