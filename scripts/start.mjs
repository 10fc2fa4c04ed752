// The whole product on this machine: database, API with workers, web. `./seams start` and `npm start` end here.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { freePort, HOST, startPart, untilAnswered, untilStopped } from "./processes.mjs";
import { ROOT } from "./run.mjs";
import { buildWeb, setUp } from "./set-up.mjs";

const DEFAULT_PORT = 4300;
const WEB = join(ROOT, "apps/web/.next/standalone/apps/web");
const USAGE = `Usage: seams start [--port ${DEFAULT_PORT}] [--workers N]
SEAMS_HOME names the data folder; DATABASE_URL a PostgreSQL of your own.
`;

/** Starts everything, prints the URL, and stays until a signal or a failure. Resolves to an exit code. */
export async function start(args) {
  const options = parse(args);
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const bundles = await setUp();
  await buildWeb();
  const port = await freePort(options.port);
  const apiPort = await freePort(port + 1);
  const parts = [
    startPart(api(bundles, { apiPort, port, workers: options.workers })),
    startPart(web(port, apiPort)),
  ];
  const stopped = untilStopped(parts);
  const answered = Promise.all([
    untilAnswered(`http://${HOST}:${apiPort}/health`),
    untilAnswered(`http://${HOST}:${port}/`),
  ]);
  const first = await Promise.race([answered.then(() => "ready"), stopped]);
  if (first !== "ready") return first;
  process.stdout.write(`Seams is running at http://localhost:${port}\n`);
  const home = await dataFolder(apiPort);
  if (home !== undefined) process.stdout.write(`Data folder: ${home}\n`);
  process.stdout.write("Stop it with Ctrl-C.\n");
  return stopped;
}

/** What the command line and PORT say; undefined where they say nothing that makes sense. */
function parse(args) {
  const options = { port: Number(process.env.PORT || DEFAULT_PORT), workers: undefined };
  for (let index = 0; index < args.length; index += 2) {
    const value = Number(args[index + 1]);
    if (args[index] === "--port") options.port = value;
    else if (args[index] === "--workers" && Number.isInteger(value) && value > 0) options.workers = value;
    else return undefined;
  }
  const isPort = Number.isInteger(options.port) && options.port > 0 && options.port < 65_535;
  return isPort ? options : undefined;
}

const api = (bundles, { apiPort, port, workers }) => ({
  name: "API",
  args: ["--disallow-code-generation-from-strings", join(bundles, "apps-api-src-main.mjs")],
  env: {
    LOG_LEVEL: process.env.LOG_LEVEL || "warn",
    SEAMS_BUNDLES: bundles,
    SEAMS_API_PORT: String(apiPort),
    SEAMS_WEB_PORT: String(port),
    ...(workers === undefined ? {} : { SEAMS_WORKERS: String(workers) }),
  },
});

const web = (port, apiPort) => ({
  name: "web server",
  args: ["--import", pathToFileURL(join(ROOT, "scripts/with-parent.mjs")).href, "server.js"],
  cwd: WEB,
  stdout: "ignore",
  env: { PORT: String(port), HOSTNAME: HOST, API_URL: `http://${HOST}:${apiPort}`, NODE_ENV: "production" },
});

/** Where the API keeps its data, by its own word. */
async function dataFolder(port) {
  const token = process.env.SEAMS_ACCESS_TOKEN;
  const answer = await fetch(`http://${HOST}:${port}/trpc/system.info`, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  return answer.ok ? (await answer.json()).result.data.home : undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  process.exit(await start(process.argv.slice(2)));
