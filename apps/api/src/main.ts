import { basename } from "node:path";
import { bundlesFolder, seamsHome } from "@seams/runner";
import { apiSettings, type ApiSettings } from "./env";
import { openLog } from "./log";
import { startApi } from "./start";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

const settings = readSettings();
const log = openLog(settings.logLevel);
// Bundles lie in a folder that is named after the state of all sources. Sources that are run as they are may change.
const bundles = bundlesFolder();
const program = bundles && basename(bundles);
const starting = startApi({
  ...settings,
  home: seamsHome(),
  program,
  onNotice: (words) => log("warn", words),
});

let isStopping = false;
const stop = (): void => {
  if (isStopping) return;
  isStopping = true;
  // What is still starting is stopped when it has started: nothing is left behind half-way.
  starting
    .then((api) => api.close())
    .catch((error: unknown) => log("error", String(error)))
    .finally(() => process.exit(0));
};
// "disconnect": whoever started us with a channel (scripts/start.mjs) is gone.
for (const sign of ["SIGTERM", "SIGINT", "SIGHUP", "disconnect"] as const) process.on(sign, stop);

starting.then(
  (api) => log("info", `The API answers at ${api.url}; data in ${seamsHome()}.`),
  (error: unknown) => {
    log("error", error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(EXIT_FAILED);
  },
);

function readSettings(): ApiSettings {
  try {
    return apiSettings();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(EXIT_USAGE);
  }
}
