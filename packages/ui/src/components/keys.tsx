/** A keyboard shortcut such as `Ctrl+Shift+Z`. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <kbd className="rounded-sm border border-current/30 px-1 font-mono text-sm whitespace-nowrap">{keys}</kbd>
  );
}
