import { describe, expect, it } from "vitest";
import { decodeChunks, detectEncoding } from "./decode";
import { guessPreset, suggestMapping } from "./fields";
import { readRow } from "./read-row";
import { readDay, readEmployees, readUsd, readYear } from "./read-values";
import { detectDelimiter, readRows, type Row } from "./rows";

const TEXT = "Name;Stadt\r\nMüller & Söhne – €;Zürich\r\n";
const cut = (bytes: Uint8Array, size = 3) => Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
const joined = async (parts: AsyncIterable<string>) => { let all = ""; for await (const part of parts) all += part; return all; };
const rowsOf = async (text: string, delimiter = ",") => { const rows: Row[] = []; for await (const row of readRows([text], delimiter)) rows.push(row); return rows; };
const utf16be = (text: string) => { const b = Buffer.from(text, "utf16le"); b.swap16(); return b; };
// As windows-1252 writes it: ü FC, ö F6, – 96, € 80.
const w1252 = Buffer.from([...TEXT].map((c) => ({ "–": 0x96, "€": 0x80 })[c] ?? c.codePointAt(0)!));

describe("encodings of lists", () => {
  it.each([
    ["utf-8", Buffer.from(TEXT)], ["utf-8", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(TEXT)])], ["windows-1252", w1252],
    ["utf-16le", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(TEXT, "utf16le")])], ["utf-16le", Buffer.from(TEXT, "utf16le")], ["utf-16be", Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be(TEXT)])], ["utf-16be", utf16be(TEXT)],
  ] as const)("%s is told, and read though characters are cut in two (case %#)", async (encoding, bytes) => {
    expect(detectEncoding(bytes)).toBe(encoding);
    expect(await joined(decodeChunks(cut(bytes), encoding))).toBe(TEXT);
  });

  it("a sample that ends within a character is UTF-8 still", () => {
    expect(detectEncoding(Buffer.from("Zür").subarray(0, 2))).toBe("utf-8");
  });
});

describe("rows of lists", () => {
  it.each([[",", 'a,"x;y;z",c\n1,2,3\n'], [";", "a;b;c\n1,5;2;3\n"], ["\t", "a\tb, c\td\n1\t2\t3\n"], ["|", "a|b\n1|2\n"]])("%j is found to part them", (sign, sample) => expect(detectDelimiter(sample)).toBe(sign));

  it("quotation marks, line breaks in cells and empty lines are as CSV has them", async () => {
    expect(await rowsOf('a,b\r\n"x ""y""","1\n2"\r\n\r\n , \r\nlast,5" disk\n')).toEqual([{ line: 1, cells: ["a", "b"] }, { line: 3, cells: ['x "y"', "1\n2"] }, { line: 6, cells: ["last", '5" disk'] }]);
  });

  it("a quotation mark that is not closed is a fault, not the end of it all", async () => {
    const rows = await rowsOf('a,b\n1,2\n"open,3\n4,5\n');
    expect(rows.slice(0, 2)).toEqual([{ line: 1, cells: ["a", "b"] }, { line: 2, cells: ["1", "2"] }]);
    expect(rows.slice(2)).toEqual([{ line: expect.any(Number), fault: expect.stringMatching(/not closed/) }]);
  });
});

describe("values", () => {
  it.each([["51-100", 51, 100], ["1,001-5,000", 1001, 5000], ["10001+", 10001, null], ["10,001+ employees", 10001, null], ["11 to 50", 11, 50], ["250", 250, 250], ["Nov-50", 11, 50], ["10-Jan", 1, 10], ["1-Oct", 1, 10], ["more than 500", 500, null]] as const)("%s employees", (text, min, max) => expect(readEmployees(text)).toEqual({ min, max }));
  it.each([["$12.5M", 12_500_000], ["12,500,000", 12_500_000], ["1.2bn", 1_200_000_000], ["USD 5", undefined], ["€3M", null], ["3000000 EUR", null], ["lots", undefined]] as const)("%s of funding", (text, usd) => expect(readUsd(text)).toBe(usd));
  it.each([["2024-03-09", "2024-03-09"], ["2024-03", "2024-03-01"], ["Mar 9, 2024", "2024-03-09"], ["March 2024", "2024-03-01"], ["3/9/2024", "2024-03-09"], ["25/12/2023", "2023-12-25"], ["9.3.2024", "2024-03-09"], ["2024-02-31", undefined], ["soon", undefined]])("the day %s", (text, day) => expect(readDay(text)?.toISOString().slice(0, 10)).toBe(day));
  it.each([["2019", 2019], ["2019-05-01", 2019], ["May 2019", 2019], ["19", undefined]] as const)("the year of %s", (text, year) => expect(readYear(text)).toBe(year));
});

describe("presets", () => {
  const CRUNCHBASE = ["Organization Name", "Organization Name URL", "Founded Date", "Industries", "Headquarters Location", "Description", "Total Funding Amount", "Total Funding Amount Currency", "Total Funding Amount (in USD)", "Last Funding Date", "Last Funding Type", "Number of Employees", "Website", "LinkedIn"];
  const NAVIGATOR = ["First Name", "Last Name", "Title", "Company", "Email", "# Employees", "Industry", "Person Linkedin Url", "Website", "Company Linkedin Url", "Location"];
  it("know their exports by the headings", () => {
    expect([guessPreset(CRUNCHBASE), guessPreset(NAVIGATOR), guessPreset(["foo", "bar"])]).toEqual(["crunchbase", "sales-navigator", null]);
    expect(suggestMapping(CRUNCHBASE, "crunchbase")).toEqual({ 0: "company", 2: "foundedYear", 3: "industries", 4: "companyLocation", 5: "description", 8: "fundingUsd", 9: "lastFundingOn", 10: "lastFundingType", 11: "employees", 12: "website", 13: "companyLinkedin" });
    expect(suggestMapping(NAVIGATOR, "sales-navigator")).toEqual({ 0: "firstName", 1: "lastName", 2: "title", 3: "company", 4: "email", 5: "employees", 6: "industries", 7: "personLinkedin", 8: "website", 9: "companyLinkedin", 10: "personLocation" });
  });
});

describe("a row", () => {
  const mapping = { 0: "company", 1: "website", 2: "email", 3: "person", 4: "employees" } as const;
  const read = (...cells: string[]) => readRow(cells, 5, mapping);
  it("is a company, with a person where there is one", () => {
    expect(read("Écla", "https://www.ecla.example/x", "Ada@Ecla.Example", "Ada Byron", "11-50")).toMatchObject({ company: { name: "Écla", domain: "ecla.example", employeesMin: 11, employeesMax: 50 }, person: { name: "Ada Byron", email: "ada@ecla.example" } });
    expect(read("Écla")).toMatchObject({ company: { name: "Écla", domain: null, employeesMin: null }, person: null });
    expect(read("", "", "ada@ecla.example")).toMatchObject({ company: { name: "ecla.example", domain: "ecla.example" }, person: { name: "ada@ecla.example" } });
  });
  it.each([[["", "", "", "Ada"], /names no company/], [["X", "not a site"], /“not a site” is not a website/], [["X", "", "ada at x"], /is not an e-mail address/], [["X", "", "", "", "dozens"], /is not a number of employees/], [["a", "", "", "", "", "six"], /6 cells where the heading has 5/]])("that cannot be taken over says why: %j", (cells, why) => {
    expect(read(...(cells as string[]))).toEqual({ fault: expect.stringMatching(why as RegExp) });
  });
});
