/** 1,234 · 12.3 k · 4.5 M: counts of weights, operations, examples. */
export function shortCount(value: number): string {
  if (value < 10_000) return Math.round(value).toLocaleString("en");
  const [scale, unit] =
    value >= 1e12 ? [1e12, "T"] : value >= 1e9 ? [1e9, "G"] : value >= 1e6 ? [1e6, "M"] : [1e3, "k"];
  return `${(value / scale).toPrecision(3)} ${unit}`;
}

/** 1,200 · 0.4312 · 3.1e-5: a number on an axis or in a legend. */
export function shortNumber(value: number | null | undefined): string {
  if (value === undefined || value === null) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString("en");
  return size < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}

/** 12 kB · 3.4 MB */
export function shortBytes(bytes: number): string {
  const [scale, unit] =
    bytes >= 2 ** 30 ? [2 ** 30, "GiB"] : bytes >= 2 ** 20 ? [2 ** 20, "MiB"] : [2 ** 10, "KiB"];
  return `${(bytes / scale).toPrecision(2 + Number(bytes / scale >= 100))} ${unit}`;
}

/** 0.8 s · 42 s · 3 min 5 s · 2 h 10 min */
export function shortDuration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds - minutes * 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
