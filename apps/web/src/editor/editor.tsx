"use client";
import type { Place, ProblemSchema } from "@seams/core";
import { standardStages } from "@seams/core";
import { Banner, Button, useAnnounce } from "@seams/ui";
import { ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { useStore } from "zustand";
import { paths } from "../paths";
import { AddDialog } from "./add-dialog";
import { useAutosave } from "./autosave";
import { BottomPanel, type BottomTab, DEFAULT_BOTTOM_PX } from "./bottom-panel";
import { Canvas } from "./canvas";
import { connect, moveStages, setTitle } from "./commands";
import { CompareDialog } from "./compare-dialog";
import { ConflictDialog } from "./conflict-dialog";
import { ConnectDialog, type ConnectRequest } from "./connect-dialog";
import { downloadDocument } from "./download";
import { type AddRequest, EditorProvider, type EditorParts } from "./editor-context";
import { Inspector } from "./inspector";
import { type CompileContext, type Ends, judgeLink } from "./judge-link";
import { useMachine } from "./use-machine";
import { arrange, placesOf } from "./layout";
import { MobileEditor } from "./mobile-editor";
import type { OpenedPipeline } from "./open-pipeline";
import { Outline } from "./outline";
import { PalettePanel } from "./palette-panel";
import { createEditor } from "./store";
import { Toolbar } from "./toolbar";
import { TrainDialog } from "./train-dialog";
import { useStageFocus } from "./use-canvas-focus";
import { useCompilation, useGraphView } from "./use-compilation";
import { useEditorCommands } from "./use-editor-commands";
import { useEditorKeys } from "./use-editor-keys";
import { useWideScreen } from "./use-wide-screen";

interface EditorProps {
  readonly opened: OpenedPipeline;
  readonly problem: ProblemSchema;
  readonly rows: number | undefined;
}

/** The editor of one pipeline. */
export function Editor(props: EditorProps) {
  return (
    <ReactFlowProvider>
      <EditorBody {...props} />
    </ReactFlowProvider>
  );
}

function EditorBody({ opened, problem, rows }: EditorProps) {
  const [editor] = useState(() => createEditor(opened.document));
  const document = useStore(editor.store, (state) => state.document);
  const selection = useStore(editor.store, (state) => state.selection);
  const speed = useMachine()?.speeds.wasm;
  const context = useMemo<CompileContext>(
    () => ({ problem, stages: standardStages, ...(speed === undefined ? {} : { speed }) }),
    [problem, speed],
  );
  const { compilation, upToDate } = useCompilation(document, context);
  const view = useGraphView(document, context, compilation);
  const places = useMemo(() => placesOf(document, view), [document, view]);
  const announce = useAnnounce();
  const flow = useReactFlow();
  const isWide = useWideScreen();
  const [tab, setTab] = useState<BottomTab>("compile");
  const [bottomPx, setBottomPx] = useState(DEFAULT_BOTTOM_PX);
  const [outline, setOutline] = useState(false);
  const [palette, setPalette] = useState(true);
  const [adding, setAdding] = useState<AddRequest | undefined>(undefined);
  const [connecting, setConnecting] = useState<ConnectRequest | undefined>(undefined);
  const [dialog, setDialog] = useState<"train" | "compare" | "conflict" | undefined>(undefined);
  const inspector = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const locked = useMemo(() => view.stages.some(({ role }) => role === undefined), [view.stages]);
  const diagnostics = useMemo(() => compilation?.diagnostics ?? [], [compilation]);
  useCountAnnouncement(
    compilation === undefined ? undefined : diagnostics.filter(({ severity }) => severity === "error").length,
    announce,
  );

  const movedTo = useCallback((id: string) => window.history.replaceState(null, "", paths.pipeline(id)), []);
  const onForked = useCallback(
    (id: string) => {
      movedTo(id);
      toast.success("This is your own copy now. The gallery's pipeline stays as it is.");
    },
    [movedTo],
  );
  const autosave = useAutosave({ start: opened.saved, stored: opened.stored, document, onForked });
  useEffect(() => {
    if (autosave.state.is === "conflict") setDialog("conflict");
  }, [autosave.state.is]);

  const isGallery = autosave.pipeline.readOnly;
  const edit = useCallback<EditorParts["edit"]>(
    (change, step) =>
      editor.edit((before) => (isGallery ? asFork(before, change(before)) : change(before)), step),
    [editor, isGallery],
  );
  const judged = useRef(new Map<string, string | undefined>());
  useEffect(() => judged.current.clear(), [document]);
  const judge = useCallback(
    (ends: Ends): string | undefined => {
      // A wire in motion asks at every pixel.
      const key = `${ends.from} ${ends.to}`;
      if (!judged.current.has(key))
        judged.current.set(key, judgeLink(editor.store.getState().document, ends, context));
      return judged.current.get(key);
    },
    [editor, context],
  );
  const link = useCallback(
    (ends: Ends): boolean => {
      const reason = judge(ends);
      if (reason !== undefined) {
        announce(`Not connected. ${reason}`);
        return false;
      }
      edit((before) => connect(before, ends));
      announce(`Connected ${ends.from} to ${ends.to}.`);
      return true;
    },
    [judge, edit, announce],
  );
  const canvas = (): HTMLElement | null =>
    body.current?.querySelector<HTMLElement>("[role=application]") ?? null;
  const onCanvas = useStageFocus(canvas);
  const focusStage = (stage: string): void => {
    editor.setActive(stage);
    if (!outline) onCanvas(stage);
  };
  const focusInspector = (): void => {
    requestAnimationFrame(() =>
      inspector.current
        ?.querySelector<HTMLElement>(
          "input, textarea, button[role=combobox], button[role=switch], select, button:not(:disabled)",
        )
        ?.focus(),
    );
  };
  const goTo = (place: Place): void => {
    if (place.at === "link") {
      editor.select({ links: [`${place.from}>${place.to}`] });
      const stages = [place.from, place.to].map((end) => ({ id: end.slice(0, end.indexOf(".")) }));
      void flow.fitView({ nodes: stages, maxZoom: 1, padding: 0.4 });
    } else if ("stage" in place) {
      editor.select({ stages: [place.stage] });
      focusStage(place.stage);
    }
  };
  const nextProblem = (step: 1 | -1): void => {
    if (diagnostics.length === 0) return announce("No problems.");
    current.current = (current.current + step + diagnostics.length) % diagnostics.length;
    const problem = diagnostics[current.current];
    if (problem === undefined) return;
    setTab("problems");
    if (bottomPx === 0) setBottomPx(DEFAULT_BOTTOM_PX);
    goTo(problem.place);
    announce(
      `Problem ${current.current + 1} of ${diagnostics.length}: ${problem.message} ${problem.fix ?? ""}`,
    );
  };
  const current = useRef(-1);
  const arrangeAll = (): void => {
    edit((before) => moveStages(before, arrange(view)));
    setTimeout(() => void flow.fitView({ padding: 0.15, maxZoom: 1 }), 50);
    announce("Arranged.");
  };
  const isReady =
    upToDate && compilation?.plan !== undefined && diagnostics.every(({ severity }) => severity !== "error");
  const keys = {
    undo: () => announce(editor.undo() ? "Undone." : "Nothing to undo."),
    redo: () => announce(editor.redo() ? "Redone." : "Nothing to redo."),
    save: () =>
      void autosave
        .saveNow()
        .then((saved) => announce(saved === undefined ? "Not saved." : `Saved as version ${saved.version}.`)),
    exportFile: () => downloadDocument(document),
    importFile: () => {
      setTab("json");
      if (bottomPx === 0) setBottomPx(DEFAULT_BOTTOM_PX);
      requestAnimationFrame(() => body.current?.querySelector<HTMLInputElement>("input[type=file]")?.click());
    },
    train: () => (isReady ? setDialog("train") : announce(diagnostics[0]?.message ?? "Not ready yet.")),
    outline: () => setOutline((shown) => !shown),
    nextProblem,
  };
  useEditorKeys(keys);
  useEditorCommands({
    ...keys,
    compare: () => setDialog("compare"),
    add: () => setAdding({}),
    arrange: arrangeAll,
  });

  const parts: EditorParts = {
    editor,
    document,
    selection,
    context,
    view,
    places,
    compilation,
    diagnostics,
    autosave,
    locked,
    edit,
    judge,
    link,
    openAdd: setAdding,
    openConnect: setConnecting,
    goTo,
    focusStage,
    focusCanvas: () => canvas()?.focus({ preventScroll: true }),
    focusInspector,
    arrange: arrangeAll,
    announce,
  };
  const backToCanvas = (): void => {
    const { active } = editor.store.getState();
    if (active !== undefined) focusStage(active);
  };

  return (
    <EditorProvider value={parts}>
      {!isWide ? (
        <MobileEditor />
      ) : (
        <div ref={body} className="flex h-full flex-col">
          <h1 className="sr-only">{document.title}</h1>
          <Toolbar
            outline={outline}
            onOutline={keys.outline}
            palette={palette}
            onPalette={() => setPalette(!palette)}
            onArrange={arrangeAll}
            onFork={() => edit((before) => setTitle(before, forkTitle(before.title)))}
            onConflict={() => setDialog("conflict")}
            onTrain={() => setDialog("train")}
            onCompare={() => setDialog("compare")}
          />
          {locked ? (
            <div className="p-2">
              <Banner
                tone="warning"
                actions={<Button onClick={() => downloadDocument(document)}>Download JSON</Button>}
              >
                This pipeline has stages that this version of Seams doesn’t know (drawn grey). It can be read
                and downloaded, not changed.
              </Banner>
            </div>
          ) : null}
          <div
            className="grid min-h-0 flex-1"
            style={{
              gridTemplateColumns: `${palette ? "240px " : ""}minmax(0, 1fr) 320px`,
              gridTemplateRows: "minmax(0, 1fr)",
            }}
          >
            {palette ? <PalettePanel /> : null}
            <div className="flex min-h-0 min-w-0 flex-col">
              <div className="min-h-0 flex-1">{outline ? <Outline reading={false} /> : <Canvas />}</div>
              <BottomPanel tab={tab} onTab={setTab} height={bottomPx} onHeight={setBottomPx} />
            </div>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape leads back to the canvas from any setting */}
            <div
              className="min-h-0"
              onKeyDown={(event) => {
                if (event.key === "Escape" && !event.defaultPrevented) backToCanvas();
              }}
            >
              <Inspector frame={inspector} />
            </div>
          </div>
        </div>
      )}
      <AddDialog request={adding} onClose={() => setAdding(undefined)} />
      <ConnectDialog
        request={connecting}
        onClose={() => {
          setConnecting(undefined);
          if (!outline) backToCanvas();
        }}
      />
      <TrainDialog
        open={dialog === "train"}
        onOpenChange={(open) => setDialog(open ? "train" : undefined)}
        rows={rows}
      />
      <CompareDialog
        open={dialog === "compare"}
        onOpenChange={(open) => setDialog(open ? "compare" : undefined)}
        rows={rows}
      />
      <ConflictDialog
        open={dialog === "conflict"}
        onOpenChange={(open) => setDialog(open ? "conflict" : undefined)}
        onMoved={movedTo}
      />
    </EditorProvider>
  );
}

const FORK = " (fork)";
const forkTitle = (title: string): string => (title.length + FORK.length <= 80 ? `${title}${FORK}` : title);

/** A gallery pipeline's first change: the same, under a title that says so. */
const asFork = <T extends { readonly title: string }>(before: T, after: T): T =>
  after === before || after.title !== before.title || after.title.endsWith(FORK)
    ? after
    : { ...after, title: forkTitle(after.title) };

/** Says how many errors there are whenever their number changes. */
function useCountAnnouncement(errors: number | undefined, announce: (words: string) => void): void {
  const before = useRef<number>(undefined);
  useEffect(() => {
    if (errors === undefined) return;
    if (before.current !== undefined && before.current !== errors)
      announce(
        errors === 0 ? "No errors." : `${errors} ${errors === 1 ? "error" : "errors"}. F8 goes to the next.`,
      );
    before.current = errors;
  }, [errors, announce]);
}
