import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

// Import zones: arrows point down (docs/architecture.md). A zone lists what a folder must not import: [folder, folder it must not import, why].
const ZONES = [
  ["lib", "app", "lib never imports routes"],
  ["lib", "components", "lib never imports components"],
  ["lib", "services", "lib never imports an entry point"],
  ["components", "app", "components never import routes"],
  ["lib/targets", "lib/db", "a target never touches the database"],
];
const zone = ([target, from, message]) => ({ target: `./${target}`, from: `./${from}`, message });
const inside = (folder, other) => folder === other || folder.startsWith(`${other}/`);

// The plugin resolves relative imports; what is written with the alias @/ is banned by its text. A folder of its own config holds all its zones, since a later one replaces an earlier.
const aliasBans = [...new Set(ZONES.map(([folder]) => folder))].map((folder) => ({
  files: [`${folder}/**/*.{ts,tsx}`], ignores: ["**/*.test.{ts,tsx}", "**/__fixtures__/**", "lib/targets/contract.ts"],
  rules: { "no-restricted-imports": ["error", { patterns: ZONES.filter(([target]) => inside(folder, target)).map(([, from, message]) => ({ group: [`@/${from}`, `@/${from}/**`], message })) }] },
}));

export default tseslint.config(
  { ignores: ["node_modules", ".next", "dist", ".slipway", ".stryker-tmp", "lib/db/generated", "next-env.d.ts", "examples"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx,mjs}"],
    plugins: { "import-x": importX },
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "none" }],
      "@typescript-eslint/no-explicit-any": "error",
      "import-x/no-restricted-paths": ["error", { zones: ZONES.map(zone) }],
      "no-restricted-syntax": ["error", {
        selector: "MemberExpression[object.name='process'][property.name='env']",
        message: "Read the environment through lib/env.ts, which validates it once.",
      }],
    },
  },
  ...aliasBans,
  {
    files: ["lib/env.ts", "scripts/**", "e2e/**", "**/*.test.ts", "*.config.ts", "services/model-server/**", "services/fetch-files/main.ts", "services/*/spawn-env.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
);
