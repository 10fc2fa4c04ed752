import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const LINK = /\]\(([^)\s]+)\)/g;
const CODE = /```[\s\S]*?```|`[^`\n]*`/g;

/**
 * Links to files that aren't there, as `page → link`. Links to other sites and within a page are not looked at.
 * @param pages Markdown files
 */
export const brokenLinks = (pages: readonly string[]): readonly string[] =>
  pages.flatMap((page) =>
    [...readFileSync(page, "utf8").replaceAll(CODE, "").matchAll(LINK)]
      .map(([, target = ""]) => target)
      .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
      .filter((target) => !existsSync(join(dirname(page), target.replace(/#.*$/, ""))))
      .map((target) => `${page} → ${target}`),
  );
