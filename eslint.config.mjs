import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

// Import zones: arrows point down (docs/architecture.md). A zone lists what a folder must not import.
const zone = (target, from, message) => ({ target, from, message });

export default tseslint.config(
  { ignores: ["node_modules", ".next", "dist", ".slipway", "lib/db/generated", "next-env.d.ts", "examples"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx,mjs}"],
    plugins: { "import-x": importX },
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "none" }],
      "@typescript-eslint/no-explicit-any": "error",
      "import-x/no-restricted-paths": ["error", { zones: [
        zone("./lib", "./app", "lib never imports routes"),
        zone("./lib", "./components", "lib never imports components"),
        zone("./components", "./app", "components never import routes"),
        zone("./lib", "./services", "lib never imports an entry point"),
        zone("./lib/targets", "./lib/db", "a target never touches the database"),
      ] }],
      "no-restricted-syntax": ["error", {
        selector: "MemberExpression[object.name='process'][property.name='env']",
        message: "Read the environment through lib/env.ts, which validates it once.",
      }],
    },
  },
  {
    files: ["lib/env.ts", "scripts/**", "e2e/**", "**/*.test.ts", "*.config.ts", "services/model-server/**", "services/*/spawn-env.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
);
