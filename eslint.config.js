import tseslint from "typescript-eslint";

/** One lint configuration for the whole house. Formatting is Biome's; import arrows are dependency-cruiser's. */
export default tseslint.config(
  {
    ignores: [
      "**/node_modules/**",
      "**/generated/**",
      "**/.next/**",
      "**/*.mjs",
      "**/*.cjs",
      "**/*.config.*",
      "**/next-env.d.ts",
      "apps/web/public/**",
      "packages/engine/assembly/**",
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 4],
      complexity: ["error", 18],
      eqeqeq: "error",
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportAllDeclaration", message: "Name what a module exports." },
        {
          selector: "ImportDeclaration[source.value='zod'] ImportSpecifier[imported.name='z']",
          message: 'Write `import * as z from "zod"`: `{ z }` drags every locale into the bundle.',
        },
      ],
      "no-restricted-properties": [
        "error",
        {
          object: "Math",
          property: "random",
          message: "Randomness comes from a seeded stream (core/random).",
        },
      ],
    },
  },
  {
    files: ["packages/core/src/**", "packages/runner/src/**", "packages/ui/src/**", "apps/**/src/**"],
    ignores: ["packages/core/src/stages/**", "**/*.test.ts", "**/*.test.tsx"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "ExportAllDeclaration", message: "Name what a module exports." },
        {
          selector: "ImportDeclaration[source.value='zod'] ImportSpecifier[imported.name='z']",
          message: 'Write `import * as z from "zod"`: `{ z }` drags every locale into the bundle.',
        },
        {
          selector: "BinaryExpression[operator=/^[!=]==?$/][left.property.name='kind'][right.type='Literal']",
          message: "Ask the stage kind; never branch on its name.",
        },
        {
          selector: "SwitchStatement[discriminant.property.name='kind']",
          message: "Ask the stage kind; never branch on its name.",
        },
      ],
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    ignores: ["**/env.ts", "**/*.test.ts", "**/test/**", "e2e/**", "bench/**", "scripts/**", "chaos/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Read the environment in env.ts only." },
        {
          object: "Math",
          property: "random",
          message: "Randomness comes from a seeded stream (core/random).",
        },
      ],
    },
  },
  {
    files: ["**/*.test.{ts,tsx}", "**/test/**", "e2e/**", "scripts/**", "bench/**"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off", "no-console": "off", complexity: "off" },
  },
);
