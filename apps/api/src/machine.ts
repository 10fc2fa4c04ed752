import { randomBytes } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A name for this home's machine that stays: how a restarted supervisor knows its predecessor's workers. */
export async function machineName(home: string): Promise<string> {
  const path = join(home, "machine");
  const known = await readFile(path, "utf8").catch(() => undefined);
  if (known !== undefined) return known.trim();
  const fresh = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(fresh, randomBytes(8).toString("hex"));
  // Of two that start at once, the first one's name stays.
  await link(fresh, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(fresh);
  return (await readFile(path, "utf8")).trim();
}
