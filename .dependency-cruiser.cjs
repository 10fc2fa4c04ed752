/** The arrows of ARCHITECTURE.md. Each rule was seen to catch an injected violation. */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "A cycle of values is a knot; types may point both ways.",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "core-has-no-runtime",
      severity: "error",
      comment: "core and problems run in a browser: tfjs, Prisma, React and Node are not theirs.",
      from: {
        path: "^packages/(core|problems)/src",
        pathNot: "(\\.test\\.ts$|node\\.ts$|-node\\.ts$|/test/)",
      },
      to: {
        path: "(@tensorflow|@prisma|node_modules/react|node_modules/next)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "core-is-browser-safe",
      severity: "error",
      from: {
        path: "^packages/(core|problems)/src",
        pathNot: "(\\.test\\.ts$|node\\.ts$|-node\\.ts$|/test/)",
      },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "core-depends-on-no-package",
      severity: "error",
      from: { path: "^packages/core/src", pathNot: "\\.test\\.ts$" },
      to: { path: "^(packages/(?!core)|apps/)" },
    },
    {
      name: "packages-never-import-apps",
      severity: "error",
      from: { path: "^packages/" },
      to: { path: "^apps/" },
    },
    {
      name: "web-stays-light",
      severity: "error",
      comment: "The browser gets neither processes nor the database.",
      from: { path: "^(apps/web|packages/ui)/" },
      to: { path: "^packages/(runner|db|engine)/" },
    },
    {
      name: "web-knows-only-the-api-types",
      severity: "error",
      from: { path: "^apps/web/" },
      to: { path: "^apps/api/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "engine-knows-core-only",
      severity: "error",
      from: { path: "^packages/engine/src", pathNot: "\\.test\\.ts$" },
      to: { path: "^packages/(?!core|engine)" },
    },
    {
      name: "problems-know-core-only",
      severity: "error",
      from: { path: "^packages/problems/src", pathNot: "\\.test\\.ts$" },
      to: { path: "^packages/(?!core|problems)" },
    },
    {
      name: "tfjs-in-the-engine-only",
      severity: "error",
      from: { pathNot: "^packages/engine/" },
      to: { path: "@tensorflow", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "compile-before-train",
      severity: "error",
      comment: "Inside core: ids, diagnostics ← graph ← layers, losses ← stages ← compile ← train.",
      from: {
        path: "^packages/core/src/(compile|stages|losses|layers|graph|diagnostics)/",
        pathNot: "\\.test\\.ts$",
      },
      to: { path: "^packages/core/src/train/", dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(\\.next|generated)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json"],
    },
  },
};
