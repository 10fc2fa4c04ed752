import type { TrialStatus } from "@seams/api";
import { Badge, type Tone } from "@seams/ui";
import { Check, CircleDashed, CircleSlash, LoaderCircle, X } from "lucide-react";
import type { ReactNode } from "react";

/** How a status looks: a tone, and a sign for those who see no colours. */
export const STATUS_LOOK: Readonly<Record<TrialStatus, { readonly tone: Tone; readonly icon: ReactNode }>> = {
  queued: { tone: "neutral", icon: <CircleDashed aria-hidden size={14} /> },
  running: { tone: "accent", icon: <LoaderCircle aria-hidden size={14} className="animate-spin" /> },
  done: { tone: "good", icon: <Check aria-hidden size={14} /> },
  failed: { tone: "danger", icon: <X aria-hidden size={14} /> },
  cancelled: { tone: "warning", icon: <CircleSlash aria-hidden size={14} /> },
};

/** A status in words, with its sign. */
export function StatusBadge({
  status,
  children,
}: {
  readonly status: TrialStatus;
  readonly children?: ReactNode;
}) {
  const { tone, icon } = STATUS_LOOK[status];
  return (
    <Badge tone={tone} icon={icon}>
      {children ?? status}
    </Badge>
  );
}
