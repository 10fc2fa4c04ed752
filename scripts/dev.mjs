// The product for those who change it: the API starts again with every change of a file, and pages reload by themselves.
import { createRequire } from "node:module";
import { join } from "node:path";
import { freePort, HOST, startPart, untilAnswered, untilStopped } from "./processes.mjs";
import { ROOT } from "./run.mjs";
import { setUp } from "./set-up.mjs";

const DEFAULT_PORT = 4300;
const WEB = join(ROOT, "apps/web");

await setUp();
const port = await freePort(Number(process.env.PORT || DEFAULT_PORT));
const apiPort = await freePort(port + 1);
const parts = [
  startPart({
    name: "API",
    args: [
      createRequire(join(ROOT, "package.json")).resolve("tsx/cli"),
      "watch",
      "--clear-screen=false",
      "apps/api/src/main.ts",
    ],
    env: { SEAMS_API_PORT: String(apiPort), SEAMS_WEB_PORT: String(port) },
  }),
  startPart({
    name: "web server",
    args: [
      createRequire(join(WEB, "package.json")).resolve("next/dist/bin/next"),
      "dev",
      "-p",
      String(port),
      "-H",
      HOST,
    ],
    cwd: WEB,
    env: { API_URL: `http://${HOST}:${apiPort}` },
  }),
];
const stopped = untilStopped(parts);
await Promise.race([untilAnswered(`http://${HOST}:${port}/`), stopped]);
process.stdout.write(`Seams, watching its sources: http://localhost:${port}\n`);
process.exit(await stopped);
