import path from "node:path";
import { ESLint } from "eslint";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const eslint = new ESLint({ cwd: root });

/** What lint says of one line that stood in this file. The file need not exist. */
async function said(file: string, line: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${line}\nexport const kept = x;\n`, { filePath: path.join(root, file) });
  return result!.messages.map((m) => m.message);
}

test.each([
  ["lib/models/some-verb.ts", "@/app/api/v1/models/route", "lib never imports routes"],
  ["lib/models/some-verb.ts", "@/components/ui/button", "lib never imports components"],
  ["lib/models/some-verb.ts", "@/services/gateway/serve", "lib never imports an entry point"],
  ["components/models/some-part.tsx", "@/app/api/v1/models/route", "components never import routes"],
  ["lib/targets/local/some-verb.ts", "@/lib/db/client", "a target never touches the database"],
  ["lib/targets/local/some-verb.ts", "@/components/ui/button", "lib never imports components"],
])("lint refuses that %s imports %s", async (file, from, why) => {
  expect((await said(file, `import { x } from "${from}";`)).join(" ")).toContain(why);
});

test("lint lets arrows that point down be", async () => {
  expect(await said("components/models/some-part.tsx", 'import { x } from "@/lib/models/schema";')).toEqual([]);
  expect(await said("services/worker/some-loop.ts", 'import { x } from "@/lib/db/client";')).toEqual([]);
});
