import { z } from "zod";
import { AppError } from "@/lib/errors";
import { getFromSource, openFromSource } from "@/lib/models/import/fetch-source";
import { matchPattern } from "@/lib/models/import/match-pattern";
import { type ImportPlan, type ImportReach, MAX_IMPORT_FILES } from "@/lib/models/import/plan";
import type { hubImportSchema } from "@/lib/models/import/schema";
import { readBody } from "@/lib/net/guarded-fetch";

export const HUB_URL = "https://huggingface.co";
const PAGE_BYTES = 8 << 20;
const MAX_PAGES = 50;

const revisionAnswer = z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) });
const treeAnswer = z.array(z.object({ type: z.string(), path: z.string(), size: z.number().int().min(0).default(0), lfs: z.object({ oid: z.string().regex(/^[0-9a-f]{64}$/), size: z.number().int().min(0) }).optional() }));

/** A Hugging Face repository at a commit. A branch or tag becomes the commit it points at now, so that what is fetched is of one state. */
export async function planHub({ huggingFace: r }: z.output<typeof hubImportSchema>, reach: ImportReach, token: string | undefined, signal: AbortSignal): Promise<ImportPlan> {
  const hub = reach.hubUrl ?? HUB_URL;
  const ask = async <T extends z.ZodType>(url: string, schema: T): Promise<{ body: z.output<T>; link: string | undefined }> => {
    const response = await getFromSource(url, reach, { maxBytes: PAGE_BYTES, signal, token, what: `${r.repo} at ${r.revision}` });
    const parsed = schema.safeParse(asJson((await readBody(response)).toString("utf8")));
    if (!parsed.success) throw new AppError("bad_gateway", `${new URL(hub).host} answered in a shape that is not its API's.`);
    return { body: parsed.data, link: response.headers.link };
  };
  const commit = (await ask(`${hub}/api/models/${r.repo}/revision/${encodeURIComponent(r.revision)}`, revisionAnswer)).body.sha;
  if (/^[0-9a-f]{40}$/.test(r.revision) && r.revision !== commit) throw new AppError("bad_gateway", `${new URL(hub).host} answered with another commit than the one asked for.`);

  const entries: z.output<typeof treeAnswer> = [];
  let url: string | undefined = `${hub}/api/models/${r.repo}/tree/${commit}?recursive=true`;
  for (let pages = 0; url !== undefined; pages++) {
    if (pages >= MAX_PAGES) throw new AppError("unprocessable", "The repository has too many files to list. Choose with allowPatterns what is in a smaller one.");
    const page: { body: z.output<typeof treeAnswer>; link: string | undefined } = await ask(url, treeAnswer);
    entries.push(...page.body);
    url = nextPage(page.link, hub);
  }
  const wanted = entries.filter((e) => e.type === "file" && (!r.allowPatterns || r.allowPatterns.some((p) => matchPattern(p, e.path))));
  if (wanted.length === 0) throw new AppError("unprocessable", r.allowPatterns ? "No file of the repository fits allowPatterns." : "The repository has no files at this revision.");
  if (wanted.length > MAX_IMPORT_FILES) throw new AppError("unprocessable", `${wanted.length} files would be imported; a version may have ${MAX_IMPORT_FILES}. Choose fewer with allowPatterns.`);
  return {
    source: { kind: "huggingFace", uri: `hf://${r.repo}`, revision: commit },
    files: wanted.map((e) => ({
      path: e.path, sizeBytes: e.lfs?.size ?? e.size, sha256: e.lfs?.oid ?? null,
      open: (maxBytes, s) => openFromSource(`${hub}/${r.repo}/resolve/${commit}/${e.path.split("/").map(encodeURIComponent).join("/")}`, reach, { maxBytes, signal: s, token, what: e.path }),
    })),
  };
}

/** The next page of a listing, on the same origin only: the token goes with it. */
function nextPage(link: string | undefined, hub: string): string | undefined {
  const next = /<([^>]+)>\s*;\s*rel="next"/.exec(link ?? "")?.[1];
  if (!next || !URL.canParse(next, hub)) return undefined;
  const url = new URL(next, hub);
  return url.origin === new URL(hub).origin ? url.href : undefined;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
