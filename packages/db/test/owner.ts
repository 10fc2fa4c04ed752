// A process that owns an embedded server until it is killed: argument 1 is the home. Prints one JSON line when ready.
import { startEmbeddedPostgres } from "../src/embedded/embedded-postgres";

const server = await startEmbeddedPostgres({ home: process.argv[2] ?? "", settings: { fsync: "off" } });
process.stdout.write(`${JSON.stringify({ url: server.url, origin: server.origin, pid: server.pid() })}\n`);
process.on("SIGTERM", () => void server.stop().then(() => process.exit(0)));
setInterval(() => undefined, 1_000); // stays until it is killed
