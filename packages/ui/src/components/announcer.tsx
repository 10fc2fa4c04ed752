"use client";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";

const Announce = createContext<(words: string) => void>(() => undefined);

/** Holds the page's live region. Put once around the application. */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [words, setWords] = useState("");
  const turn = useRef(false);
  const announce = useCallback((next: string) => {
    // The same words again are only read when the text changes: alternate an invisible mark.
    turn.current = !turn.current;
    setWords(turn.current ? next : `${next}\u200b`);
  }, []);
  return (
    <Announce.Provider value={useMemo(() => announce, [announce])}>
      {children}
      <div role="status" aria-live="polite" className="sr-only">
        {words}
      </div>
    </Announce.Provider>
  );
}

/** Says something to those who don't see the screen; polite. */
export const useAnnounce = (): ((words: string) => void) => useContext(Announce);
