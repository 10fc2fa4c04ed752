import { diagnose, type Diagnostic } from "@seams/core";

/** Of one code in one file, so many are listed; the others are counted. */
const MOST_LISTED = 100;

/** Collects what is found in files, all of it, without a list that nobody can read. */
export class Findings {
  private readonly listed: Diagnostic[] = [];
  private readonly counts = new Map<
    string,
    { readonly file: string; readonly code: string; count: number }
  >();

  /** Adds what was found; behind the hundredth of its kind in its file it is only counted. */
  add(...found: readonly Diagnostic[]): void {
    for (const diagnostic of found) {
      const file = diagnostic.place.at === "cell" ? diagnostic.place.file : "";
      const key = `${diagnostic.code} ${file}`;
      const seen = this.counts.get(key) ?? { file, code: diagnostic.code, count: 0 };
      this.counts.set(key, seen);
      seen.count++;
      if (seen.count <= MOST_LISTED) this.listed.push(diagnostic);
    }
  }

  /** True once something was found that leaves nothing to go on with. */
  get hasErrors(): boolean {
    return this.listed.some(({ severity }) => severity === "error");
  }

  /** Everything found; the counts of what was not listed stand at the end. */
  all(): readonly Diagnostic[] {
    const more = [...this.counts.values()].filter(({ count }) => count > MOST_LISTED);
    return [
      ...this.listed,
      ...more.map(({ file, code, count }) =>
        diagnose.data.moreErrors({ place: { at: "cell", file }, count: count - MOST_LISTED, code }),
      ),
    ];
  }
}
