import { readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";

/** The user that the server's processes run as. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY: Identity = { uid: 65_534, gid: 65_534 };
const OTHERS_MAY_ENTER = 0o001;

/**
 * PostgreSQL refuses to run as root. When root starts Seams, the server runs as `nobody`; otherwise as whoever runs us
 * (undefined: nothing to switch).
 */
export function serverIdentity(): Identity | undefined {
  return process.getuid?.() === 0 ? nobody() : undefined;
}

function nobody(): Identity {
  try {
    const line = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(readFileSync("/etc/passwd", "utf8"));
    // macOS writes −2, which is 2³² − 2 to the kernel.
    if (line?.[1] && line[2]) return { uid: Number(line[1]) >>> 0, gid: Number(line[2]) >>> 0 };
  } catch {
    // No user database: the customary number.
  }
  return NOBODY;
}

/** The first folder on the way to `path`, `path` included, that others may not enter; undefined when all may be. */
export async function closedFolder(path: string): Promise<string | undefined> {
  const way: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    way.unshift(at);
    if (dirname(at) === at) break;
  }
  for (const folder of way) {
    const { mode } = await stat(folder);
    if ((mode & OTHERS_MAY_ENTER) === 0) return folder;
  }
  return undefined;
}
