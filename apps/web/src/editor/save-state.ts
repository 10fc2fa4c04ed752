/** Where a pipeline's latest state is. */
export type SaveState =
  /** The API has everything. */
  | { readonly is: "saved"; readonly version: number }
  | { readonly is: "saving"; readonly version: number }
  /** The API does not answer; this browser keeps the changes, and tries again. */
  | { readonly is: "offline"; readonly version: number }
  /** Somebody saved `theirs` on top of the version that this editor started from. */
  | { readonly is: "conflict"; readonly version: number; readonly theirs: number }
  /** The API refused the document for a reason that trying again won't change. */
  | { readonly is: "refused"; readonly version: number; readonly reason: string };

/** What happens to a save. */
export type SaveEvent =
  | { readonly type: "started" }
  | { readonly type: "stored"; readonly version: number }
  | { readonly type: "unanswered" }
  | { readonly type: "outrun"; readonly theirs: number }
  | { readonly type: "refused"; readonly reason: string };

/** The next state. A conflict is left only by a person's choice, which starts from a version that is stored. */
export function nextSaveState(state: SaveState, event: SaveEvent): SaveState {
  const { version } = state;
  if (state.is === "conflict" && event.type !== "stored") return state;
  switch (event.type) {
    case "started":
      return { is: "saving", version };
    case "stored":
      return { is: "saved", version: event.version };
    case "unanswered":
      return { is: "offline", version };
    case "outrun":
      return { is: "conflict", version, theirs: event.theirs };
    case "refused":
      return { is: "refused", version, reason: event.reason };
  }
}
