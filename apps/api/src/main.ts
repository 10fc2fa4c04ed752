import { seamsHome } from "@seams/runner";
import { apiSettings, type ApiSettings } from "./env";
import { openLog } from "./log";
import { startApi } from "./start";

const EXIT_USAGE = 2;

const settings = readSettings();
const log = openLog(settings.logLevel);
const api = await startApi({ ...settings, home: seamsHome(), onNotice: (words) => log("warn", words) });
log("info", `The API answers at ${api.url}; data in ${seamsHome()}.`);

let isStopping = false;
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    api
      .close()
      .catch((error: unknown) => log("error", String(error)))
      .finally(() => process.exit(0));
  });
}

function readSettings(): ApiSettings {
  try {
    return apiSettings();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(EXIT_USAGE);
  }
}
