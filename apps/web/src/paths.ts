/** Addresses of the application's pages. Ids of gallery pipelines have a slash; it stays readable. */
const inPath = (id: string): string => id.split("/").map(encodeURIComponent).join("/");

export const paths = {
  gallery: () => "/",
  problem: (id: string) => `/p/${inPath(id)}`,
  importData: () => "/import",
  pipelines: () => "/g",
  pipeline: (id: string) => `/g/${inPath(id)}`,
  runs: () => "/r",
  run: (trial: string) => `/r/${inPath(trial)}`,
  comparisons: () => "/c",
  comparison: (experiment: string) => `/c/${inPath(experiment)}`,
  examples: (experiment: string, cell?: { readonly budget: number; readonly seed: number }) =>
    `/c/${inPath(experiment)}/examples${cell === undefined ? "" : `?budget=${cell.budget}&seed=${cell.seed}`}`,
  replay: (
    experiment: string,
    trial?: { readonly budget: number; readonly seed: number; readonly pipeline: string },
  ) => {
    const page = `/c/${inPath(experiment)}/replay`;
    if (trial === undefined) return page;
    const asked = { budget: `${trial.budget}`, seed: `${trial.seed}`, left: trial.pipeline };
    return `${page}?${new URLSearchParams(asked).toString()}`;
  },
  docs: () => "/docs",
  stageDocs: (kind?: string) => `/docs/stages${kind === undefined ? "" : `#${kind}`}`,
  diagnosticDocs: (code?: string) => `/docs/diagnostics${code === undefined ? "" : `#${code}`}`,
  whenDocs: () => "/docs/when",
  settings: () => "/settings",
} as const;

/** The id in a catch-all route's segments: the inverse of the paths above. */
export const idOf = (segments: readonly string[]): string => segments.map(decodeURIComponent).join("/");
