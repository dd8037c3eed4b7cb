import { spawn } from "node:child_process";
import { expect, it, vi } from "vitest";
import { proofCount, reportProof } from "@/e2e/report-proof";
import { useTestDatabase } from "@/e2e/use-test-database";
import { systemActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { checkList, deleteList, startList } from "@/lib/leads/import/change-list";
import { exportRefused, getList, listRefused } from "@/lib/leads/import/read-lists";
import { previewList } from "@/lib/leads/import/preview-list";
import { runLists } from "@/lib/leads/import/run-lists";
import { refusedQuery } from "@/lib/leads/import/schema";
import { uploadList } from "@/lib/leads/import/upload-list";

const ROWS = proofCount("PROVE_LIST_ROWS", 2000);
const owner = systemActor("test");
const later = (ms = 0) => () => new Date(Date.now() + ms);
const database = useTestDatabase();

/** Three people a company, by turns with its domain and with its name alone; every hundredth row is bad. */
function* lines(count: number): Generator<string> {
  yield "First Name,Last Name,Title,Company,Email,# Employees,Website\r\n";
  for (let n = 0; n < count; n++) {
    const company = Math.floor(n / 3);
    if (n % 100 === 99) yield `Bad,Row ${n},Engineer,Company ${company} Inc.,not an address,51-100,\r\n`;
    else yield `Per,Son ${n},"Engineer, Müller's team",Company ${company}${n % 3 === 1 ? " Inc." : ""},p${n}@company${company}.example,51-100,${n % 3 === 0 ? `https://www.company${company}.example/` : ""}\r\n`;
  }
}
async function* bytesOf(count: number, encoding: BufferEncoding = "utf8"): AsyncGenerator<Uint8Array> {
  let held = "";
  for (const line of lines(count)) if ((held += line).length > 60_000) { yield Buffer.from(held, encoding); held = ""; }
  yield Buffer.from(held, encoding);
}

const about = { origin: "Fair in Hannover", basis: "They gave us their cards" };
async function brought(filename: string, body: AsyncIterable<Uint8Array>) {
  const list = await uploadList(owner, filename, body);
  const { encoding, delimiter, preset, mappings } = await previewList(owner, list.id, {});
  await checkList(owner, list.id, { encoding, delimiter, mapping: mappings[preset!]!, ...about });
  return list.id;
}

it(`a list of ${ROWS} rows is counted first, survives a worker's kill -9 in the middle, and makes nothing twice`, async () => {
  const refused = Math.floor(ROWS / 100);
  const companies = new Set(Array.from({ length: ROWS }, (_, n) => n).filter((n) => n % 100 !== 99).map((n) => Math.floor(n / 3))).size;
  const started = performance.now();
  const id = await brought("people.csv", bytesOf(ROWS));
  await runLists(later(), { owner: "checker" });
  const checked = await getList(owner, id);
  expect(checked).toMatchObject({ state: "checked", rows: ROWS, counts: { created: companies, peopleCreated: ROWS - refused, peopleKnown: 0, refused } });
  expect(await db().lead.count()).toBe(0);

  await startList(owner, id);
  const child = spawn(process.execPath, ["--import", "tsx", "lib/leads/import/__fixtures__/run-lists-once.ts"], { stdio: "inherit", env: { ...process.env, DATABASE_URL: database().appUrl } });
  const over = new Promise((resolve) => child.once("exit", resolve));
  await vi.waitFor(async () => expect((await db().leadImport.findUniqueOrThrow({ where: { id } })).rowsDone).toBeGreaterThan(0), { timeout: 60_000, interval: 5 });
  child.kill("SIGKILL");
  await over;
  const { rowsDone } = await db().leadImport.findUniqueOrThrow({ where: { id } });
  // Nobody else may go on before the claim has run out.
  if (rowsDone < ROWS) expect(await runLists(later(), { owner: "early" })).toBe(0);
  await runLists(later(61_000), { owner: "heir" });

  const done = await getList(owner, id);
  expect(done).toMatchObject({ state: "done", rowsDone: ROWS, counts: checked.counts });
  expect([await db().lead.count(), await db().leadPerson.count(), await db().leadImportFault.count(), await db().leadImportChunk.count()]).toEqual([companies, ROWS - refused, refused, 0]);
  const one = await db().lead.findFirstOrThrow({ where: { domain: "company1.example" }, include: { people: { include: { import: true } } } });
  expect(one).toMatchObject({ name: "Company 1", source: "import", employeesMin: 51, employeesMax: 100, score: 20 });
  expect(one.people.map((p) => [p.title, p.import?.origin, p.import?.basis])).toEqual(Array(3).fill(["Engineer, Müller's team", about.origin, about.basis]));
  reportProof(`${ROWS} rows: checked, killed at row ${rowsDone}, taken over without a double in ${((performance.now() - started) / 1000).toFixed(0)} s, ${Math.round(process.memoryUsage().rss / 1024 / 1024)} MiB`);
}, 600_000);

it("the same list again brings nothing new, in another encoding and with another separator too", async () => {
  const before = [await db().lead.count(), await db().leadPerson.count()];
  const semicolons = async function* () { for await (const part of bytesOf(300)) yield Buffer.from(`\ufeff${Buffer.from(part).toString().replace(/,(?! Müller)/g, ";")}`, "utf16le"); };
  const id = await brought("again.csv", semicolons());
  await runLists(later(), { owner: "w" });
  expect(await getList(owner, id)).toMatchObject({ state: "checked", encoding: "utf-16le", delimiter: ";", rows: 300, counts: { created: 0, merged: 0, peopleCreated: 0, refused: 3 } });
  await startList(owner, id);
  await runLists(later(), { owner: "w" });
  expect([await db().lead.count(), await db().leadPerson.count()]).toEqual(before);
  const page = await listRefused(owner, id, refusedQuery.parse({ limit: "2" }));
  expect(page.items[0]).toEqual({ line: 101, reason: "“not an address” is not an e-mail address.", cells: ["Bad", "Row 99", "Engineer", "Company 33 Inc.", "not an address", "51-100", ""] });
  expect(page.nextCursor).not.toBeNull();
  const csv = await (await exportRefused(owner, id)).text();
  expect(csv.split("\r\n").slice(0, 2)).toEqual(["line,reason,First Name,Last Name,Title,Company,Email,# Employees,Website", "101,“not an address” is not an e-mail address.,Bad,Row 99,Engineer,Company 33 Inc.,not an address,51-100,"]);
});

it("a list is taken over only after its check, and deleted only while nobody came by it", async () => {
  const list = await uploadList(owner, "small.csv", bytesOf(3));
  await expect(startList(owner, list.id)).rejects.toMatchObject({ code: "conflict" });
  await expect(checkList(owner, list.id, { encoding: "utf-8", delimiter: ",", mapping: { 40: "company" }, ...about })).rejects.toMatchObject({ code: "invalid_request" });
  await deleteList(owner, list.id);
  await expect(getList(owner, list.id)).rejects.toMatchObject({ code: "not_found" });
  const full = await db().leadImport.findFirstOrThrow({ where: { filename: "people.csv" } });
  await expect(deleteList(owner, full.id)).rejects.toMatchObject({ code: "conflict" });
  await expect(uploadList(owner, "empty.csv", (async function* () {})())).rejects.toMatchObject({ code: "invalid_request" });
  expect(await db().leadImport.count({ where: { filename: "empty.csv" } })).toBe(0);
});
