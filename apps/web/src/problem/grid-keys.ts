/** A grid's size, as it is on screen now. */
export interface GridSize {
  readonly count: number;
  readonly columns: number;
}

/** Where the focus goes from a cell on a key; undefined where the key means nothing to a grid. */
export function nextCell(at: number, key: string, { count, columns }: GridSize): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: at - (at % columns),
    End: Math.min(at - (at % columns) + columns - 1, count - 1),
  };
  if (!Object.hasOwn(moves, key)) return undefined;
  const next = moves[key] ?? at;
  return next < 0 || next >= count ? at : next;
}

/** Cuts a list into rows. */
export const rowsOf = <T>(items: readonly T[], columns: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / columns) }, (_, row) =>
    items.slice(row * columns, (row + 1) * columns),
  );

/** Columns that fit a width, at least one. */
export const columnsFor = (widthPx: number, leastPx: number, gapPx: number): number =>
  Math.max(1, Math.floor((widthPx + gapPx) / (leastPx + gapPx)));
