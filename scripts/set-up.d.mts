/** Makes what a fresh clone still lacks; resolves to the folder of the bundles of our processes. */
export function setUp(): Promise<string>;
/** Builds the web app where its sources are newer than the last build. */
export function buildWeb(): Promise<void>;
