import tseslint from "typescript-eslint";

const banned = (name, message) => ({ name, message });

/** Typed lint for everything; the pure packages may not even name a clock, a die or a compiler. */
export default tseslint.config(
  {
    ignores: [
      "**/dist/**",
      "**/generated/**",
      "**/node_modules/**",
      ".dd0c/**",
      ".cache/**",
      "docs/**",
      "**/*.mjs",
      "**/*.js",
      "**/routeTree.gen.ts",
      "**/*.d.ts",
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: {
      parserOptions: { project: ["./tsconfig.json", "./tsconfig.web.json", "./tsconfig.tools.json"], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      complexity: ["error", 10],
      "max-lines": ["error", { max: 500 }],
      "no-eval": "error",
      "no-new-func": "error",
      "no-implied-eval": "error",
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-syntax": ["error", { selector: "TSEnumDeclaration", message: "Use a union of string literals." }],
    },
  },
  {
    files: ["packages/scanner/src/**/*.ts", "packages/core/src/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        banned("Date", "Time comes in as an argument."),
        banned("eval", "Never."),
        banned("Function", "Never."),
        banned("globalThis", "Pure packages have no world."),
      ],
      "no-restricted-properties": ["error", { object: "Math", property: "random", message: "Ids come in as arguments." }],
    },
  },
  {
    files: ["**/*.test.ts", "**/*.test.tsx", "e2e/**/*.ts", "bench/**/*.ts"],
    rules: { complexity: "off", "@typescript-eslint/no-non-null-assertion": "off" },
  },
  { files: ["**/vite.config.ts", "**/vitest.config.ts"], rules: { "no-restricted-exports": "off" } },
);
