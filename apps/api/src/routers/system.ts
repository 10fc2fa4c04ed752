import { availableParallelism } from "node:os";
import { newestEngine } from "@seams/db";
import { machineFacts } from "@seams/runner";
import { procedure, router } from "../trpc";
import { VERSION } from "../version";
import type { SystemInfo } from "../wire";

/** What runs here. */
export const systemRouter = router({
  info: procedure.query(
    async ({ ctx }): Promise<SystemInfo> => ({
      version: VERSION,
      engine: (await newestEngine(ctx.database)) ?? null,
      cores: availableParallelism(),
      machine: await machineFacts(ctx.home),
      home: ctx.home,
      workers: ctx.workers(),
      uptimeSeconds: Math.round((Date.now() - ctx.startedAt.getTime()) / 1_000),
    }),
  ),
});
