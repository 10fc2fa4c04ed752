"use client";
import { type Compilation, compile, type GraphDocument } from "@seams/core";
import { type GraphView, viewGraph } from "@seams/ui/graph";
import { useEffect, useMemo, useRef, useState } from "react";
import type { CompileContext } from "./judge-link";
import { reuse } from "./reuse";

const QUIET_MS = 150;

/** The compiler's newest answer, and whether it is about the document as it is now. */
export interface Compiled {
  readonly compilation: Compilation | undefined;
  readonly upToDate: boolean;
}

/** Compiles a document 150 ms after its last change; the largest pipelines take some 50 ms, so it happens right here. */
export function useCompilation(document: GraphDocument, context: CompileContext): Compiled {
  const [answer, setAnswer] = useState<
    { readonly of: GraphDocument; readonly compilation: Compilation } | undefined
  >(undefined);
  const first = useRef(true);
  useEffect(() => {
    const wait = first.current ? 0 : QUIET_MS;
    first.current = false;
    const timer = setTimeout(
      () => setAnswer({ of: document, compilation: compile(document, context) }),
      wait,
    );
    return () => clearTimeout(timer);
  }, [document, context]);
  return { compilation: answer?.compilation, upToDate: answer?.of === document };
}

/** The document as a picture. Stages and links that look as before are the same objects: they are not drawn again. */
export function useGraphView(
  document: GraphDocument,
  context: CompileContext,
  compilation: Compilation | undefined,
): GraphView {
  const before = useRef<GraphView>(undefined);
  const { problem, stages } = context;
  const view = useMemo(() => {
    const { typed, plan, diagnostics } = compilation ?? {};
    const fresh = viewGraph(document, { problem, stages, typed, plan, diagnostics });
    return {
      stages: reuse(before.current?.stages, fresh.stages),
      links: reuse(before.current?.links, fresh.links),
    };
  }, [document, problem, stages, compilation]);
  useEffect(() => {
    before.current = view;
  });
  return view;
}
