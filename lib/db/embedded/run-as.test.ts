import { describe, expect, it } from "vitest";
import { chooseAccount, parsePasswd } from "@/lib/db/embedded/run-as";

const PASSWD = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\nbroken\npostgres:x:101:104::/var/lib:/bin/sh\n";
const asRoot = process.getuid?.() === 0;

describe("the account of the embedded server", () => {
  it("reads accounts and passes over lines that are none", () => {
    expect(parsePasswd(PASSWD).map((a) => `${a.name}:${a.uid}:${a.gid}`)).toEqual(["root:0:0", "nobody:65534:65534", "postgres:101:104"]);
  });
  it.runIf(!asRoot)("is our own where we are not root", () => {
    expect(chooseAccount("/nowhere", PASSWD)).toBeNull();
  });
  it.runIf(asRoot)("is postgres, else nobody, and never root", () => {
    expect(chooseAccount("/nowhere", PASSWD)?.name).toBe("postgres");
    expect(chooseAccount("/nowhere", PASSWD.replace(/postgres.*\n/, ""))?.name).toBe("nobody");
    expect(() => chooseAccount("/nowhere", "root:x:0:0::/:/bin/sh\n")).toThrow(/useradd --system postgres/);
  });
});
