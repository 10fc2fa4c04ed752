"use client";
import { wavOf } from "@seams/ui";
import { useEffect, useState } from "react";

/** Plays a recording when it is told to, never by itself. */
export function AudioPlayer({
  label,
  samples,
  sampleRateHz,
}: {
  readonly label: string;
  readonly samples: readonly number[];
  readonly sampleRateHz: number;
}) {
  const [source, setSource] = useState<string | undefined>(undefined);
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([wavOf(samples, sampleRateHz)], { type: "audio/wav" }));
    setSource(url);
    return () => URL.revokeObjectURL(url);
  }, [samples, sampleRateHz]);
  return (
    // A record's recording has no words to caption; its label stands beside it.
    // biome-ignore lint/a11y/useMediaCaption: see above
    <audio controls preload="none" src={source} aria-label={label} className="h-10 w-full" />
  );
}
