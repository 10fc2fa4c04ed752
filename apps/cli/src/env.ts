/** What the environment says about how to write. */
export interface WritingSettings {
  /** https://no-color.org: any value that is not empty */
  readonly isPlain: boolean;
}

/** Reads it. Everything else in the environment is read by the packages that it belongs to. */
export function writingSettings(environment: NodeJS.ProcessEnv = process.env): WritingSettings {
  return { isPlain: (environment["NO_COLOR"] ?? "") !== "" || environment["TERM"] === "dumb" };
}
