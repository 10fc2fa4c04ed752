import { defineConfig } from "prisma/config";

/** Where Prisma's tools find things. The URL is only asked for by `prisma migrate` on a machine that has it. */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
