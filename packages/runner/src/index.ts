export { cacheFolder, type CacheOptions, type DiskCache, openCache } from "./cache/disk";
export { runnerSettings, type RunnerSettings, seamsHome } from "./env";
export { openProblem, type OpenedProblem } from "./problem";
export { runTrial, type TrialCall } from "./trial";
