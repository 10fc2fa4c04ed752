/** The look that text inputs and selects share. */
export const CONTROL =
  "h-8 min-w-0 rounded-md border border-edge bg-raised px-2 text-sm text-ink aria-invalid:border-danger aria-invalid:outline-danger disabled:opacity-60 read-only:bg-surface";
