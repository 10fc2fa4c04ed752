/** The mark: two pieces, sewn. */
export function Brand({ size = 28 }: { readonly size?: number }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" width={size} height={size} fill="none" strokeLinecap="round">
      <g className="stroke-ink" strokeWidth="2.25">
        <path d="M4 8.5h9.5v15H4" />
        <path d="M28 8.5h-9.5v15H28" />
      </g>
      <path d="M10.5 13h11M10.5 19h11" className="stroke-accent" strokeWidth="2.25" strokeDasharray="2.4 4" />
    </svg>
  );
}
