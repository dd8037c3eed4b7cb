import type { CostServer, CostServerKind } from "@/lib/costs/allocation-api-source";
import { costSourcePlace } from "@/lib/costs/sources/cost-source-place";
import { AppError } from "@/lib/errors";
import { open } from "@/lib/secrets/seal";

type Row = { kind: string; url: string; headerName: string | null; header: Uint8Array | null };

/** A stored cost source with its header opened. Throws unprocessable where it was sealed with a key that is gone. */
export function serverOf(target: { slug: string; config: unknown }, row: Row): CostServer {
  try {
    const header = row.headerName && row.header ? { name: row.headerName, value: open(Buffer.from(row.header).toString("utf8"), costSourcePlace(target.slug)) } : null;
    return { kind: row.kind as CostServerKind, url: row.url, header, instance: instanceOf(target.config) };
  } catch (cause) {
    throw new AppError("unprocessable", "The cost source's header was sealed with another SLIPWAY_ENCRYPTION_KEY. Set that key, or give the header again.", { cause });
  }
}

/** The mark of this Slipway on what it made on a target. */
export const instanceOf = (config: unknown): string => (config as { instance?: string }).instance ?? "";
