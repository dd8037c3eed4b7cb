import type { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { decodeChunks, detectEncoding, type Encoding } from "@/lib/leads/import/decode";
import { guessPreset, PRESETS, suggestMapping } from "@/lib/leads/import/fields";
import { detectDelimiter, readRows } from "@/lib/leads/import/rows";
import type { PreviewDto, previewQuery } from "@/lib/leads/import/schema";

const ROWS = 10;
const SHOWN = 200;

/** Pure but for the decoder: how the beginning of a list reads, by what is said or else found of it. */
export async function previewOf(beginning: Uint8Array, asked: { encoding?: Encoding; delimiter?: string } = {}): Promise<PreviewDto> {
  const encoding = asked.encoding ?? detectEncoding(beginning);
  let text = "";
  for await (const part of decodeChunks([beginning], encoding)) text += part;
  const delimiter = (asked.delimiter ?? detectDelimiter(text)) as PreviewDto["delimiter"];
  const rows: string[][] = [];
  for await (const row of readRows([text], delimiter)) {
    if ("cells" in row) rows.push(row.cells.slice(0, 200).map((c) => c.slice(0, SHOWN)));
    if (rows.length > ROWS) break;
  }
  const [headers = [], ...first] = rows;
  return { encoding, delimiter, headers: headers.map((h) => h.trim()), rows: first, preset: guessPreset(headers), mappings: Object.fromEntries(PRESETS.map((p) => [p.value, suggestMapping(headers, p.value)])) };
}

/** The first rows of a list, as read with this encoding and separator. */
export async function previewList(actor: Actor, id: string, asked: z.output<typeof previewQuery>): Promise<PreviewDto> {
  requirePermission(actor, "lead.manage", null);
  const list = await db().leadImport.findUnique({ where: { id }, select: { chunks: { where: { n: 0 } } } });
  if (!list) throw notFound("list");
  if (!list.chunks[0]) throw new AppError("gone", "The list's file is deleted: it was taken over, or it failed.");
  return previewOf(list.chunks[0].bytes, asked);
}
