"use client";
import { useEffect, useState } from "react";

/** Moments shown in a second: worlds are stepped ten times a second. */
const MOMENTS_PER_SECOND = 10;

/** Goes through moments by itself while it plays, and stops at the last. */
export function usePlayer(moments: number) {
  const [moment, setMoment] = useState(0);
  const [playing, setPlaying] = useState(false);
  const last = Math.max(0, moments - 1);
  const shown = Math.min(moment, last);
  const atEnd = shown >= last;
  useEffect(() => {
    if (!playing || atEnd) return undefined;
    const timer = setInterval(
      () => setMoment((before) => Math.min(before + 1, last)),
      1_000 / MOMENTS_PER_SECOND,
    );
    return () => clearInterval(timer);
  }, [playing, atEnd, last]);
  return {
    moment: shown,
    playing: playing && !atEnd,
    goTo: (to: number) => setMoment(Math.min(Math.max(to, 0), last)),
    toggle: () => {
      if (atEnd) setMoment(0);
      setPlaying(!playing || atEnd);
    },
  };
}
