"use client";
import { Dialog, Tabs } from "@seams/ui";
import { type ReactNode, useState } from "react";
import { MultiTaskForm } from "./multi-task-form";
import { TransferForm } from "./transfer-form";

/** Starts a lab from one pipeline: a grid of its variants, trained and compared cell by cell. */
export function LabDialog({
  pipeline,
  title,
  onClose,
}: {
  readonly pipeline: string;
  readonly title: string;
  readonly onClose: () => void;
}) {
  const [tab, setTab] = useState("transfer");
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="medium"
      title={`Lab: ${title}`}
      description="Trains a grid of variants of this pipeline, and says of every cell whether it gains."
    >
      <Tabs
        label="Kinds of lab"
        value={tab}
        onValueChange={setTab}
        tabs={[
          {
            id: "transfer",
            title: "Transfer",
            content: (
              <Padded>
                <TransferForm target={pipeline} />
              </Padded>
            ),
          },
          {
            id: "multi-task",
            title: "Multi-task",
            content: (
              <Padded>
                <MultiTaskForm pipeline={pipeline} />
              </Padded>
            ),
          },
        ]}
      />
    </Dialog>
  );
}

function Padded({ children }: { readonly children: ReactNode }) {
  return <div className="pt-4 pb-2">{children}</div>;
}
