import type { Tx } from "@/lib/db/client";
import { decodeChunks, type Encoding } from "@/lib/leads/import/decode";
import { readChunks } from "@/lib/leads/import/read-chunks";
import { names, type Identity } from "@/lib/leads/mentions";

const PAGE = 500;
/** As much of the text before a piece as a name or address can reach over its edge. */
const OVERLAP = 400;

/** Refused rows of lists that name a person, and files not yet taken over that do: no row of a file can be taken out, so the file goes. */
export async function eraseFromLists(tx: Tx, who: Identity): Promise<{ listRows: number; lists: number }> {
  const done = { listRows: 0, lists: 0 };
  for (const { id, encoding } of await tx.leadImport.findMany({ select: { id: true, encoding: true } })) {
    if (await fileNames(tx, id, encoding as Encoding, who)) {
      // First the state: a worker that reads the list right now writes nothing more of it.
      await tx.leadImport.update({ where: { id }, data: { state: "failed", finishedAt: new Date(), claimedBy: null, fault: "Its file held a person who asked to be deleted, so the file was deleted. Take them out of the list, and upload it again." } });
      await tx.leadImportChunk.deleteMany({ where: { importId: id } });
      done.lists++;
    }
    for (let line = -1; ; ) {
      const rows = await tx.leadImportFault.findMany({ where: { importId: id, line: { gt: line } }, orderBy: { line: "asc" }, take: PAGE });
      const theirs = rows.filter((r) => names((r.cells as string[]).join(" "), who)).map((r) => r.line);
      done.listRows += (await tx.leadImportFault.deleteMany({ where: { importId: id, line: { in: theirs } } })).count;
      if (rows.length < PAGE) break;
      line = rows.at(-1)!.line;
    }
  }
  return done;
}

async function fileNames(tx: Tx, id: string, encoding: Encoding, who: Identity): Promise<boolean> {
  let before = "";
  for await (const text of decodeChunks(readChunks(tx, id), encoding)) {
    if (names(before + text, who)) return true;
    before = text.slice(-OVERLAP);
  }
  return false;
}
