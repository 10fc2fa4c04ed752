import { fileURLToPath } from "node:url";
import { type AddCommand, examples } from "../command";

const START = new URL("../../../../scripts/start.mjs", import.meta.url);

/** `seams start` */
export const addStart: AddCommand = (program) => {
  const command = program
    .command("start")
    .summary("run the whole product on this machine, and print its address")
    .description("Starts the database, the API with its workers, and the web app; what npm start runs.")
    .option("--port <port>", "where the web app answers; default: 4300, or the next free one")
    .option("--workers <count>", "processes that train; default: one a core");
  examples(command, "seams start", "seams start --port 8080 --workers 2").action(
    async (options: Readonly<Record<string, string>>) => {
      const { start }: { start(args: readonly string[]): Promise<number> } = await import(
        fileURLToPath(START)
      );
      const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
      process.exit(await start(args));
    },
  );
};
