import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ENDPOINTS } from "@/lib/api/registry";
import { fill } from "./routes";
import { send, world } from "./world";

const NAMES = [
  "../../etc/passwd", "..\\..\\etc\\passwd", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "%252e%252e%252fetc%252fpasswd", "..%00.onnx", "%00", "x%00y", "..%c0%af..%c0%afetc", "%c0%ae%c0%ae/", "%e0%80%ae%e0%80%ae", "..;/..;/", "....//....//",
  "#../../x", "%23..%2f..%2fx", "x%23y", "?../../x", "%3f..%2fx", "%2fetc%2fpasswd", "/etc/passwd", "C:%5cWindows%5cwin.ini", "C:/x", "%5c%5cserver%5cshare", "//server/share", "file:%2f%2f%2fetc%2fpasswd", ".", "..", "%2e", "%2e%2e",
  "...", "~root", "$HOME", "`id`", "$(id)", "%0d%0aset-cookie:x=1", "%0a", "a".repeat(4096), "%ff%fe", "\u202e".repeat(3).split("").map(encodeURIComponent).join(""), "CON", "nul.onnx", "%E2%88%95..%E2%88%95etc", "%EF%BC%8Fetc", "*", "%", "%zz", "%u002e%u002e",
];

/** Every file of the data directory that is not the database's own, by path and content; what a running process notes of itself is left out. */
function tree(root: string): string[] {
  const lines: string[] = [];
  const walk = (dir: string) => {
    for (const entry of fs.readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(dir, entry.name);
      if (dir === root && entry.name === "postgres") continue;
      if (entry.isDirectory()) walk(file); // empty folders of the store, two hex digits of a key each, come and go
       else if (entry.isFile()) lines.push(`f ${file} ${createHash("sha256").update(fs.readFileSync(file)).digest("hex")}`);
    }
  };
  walk(root);
  return lines;
}

describe("CVE-2023-6015, 2023-1177, 2023-3765, 2024-1483, 2024-2928, 2024-3848, 2026-53995: a name became a path", () => {
  let before: { data: string[]; outside: string[] };
  const outside = () => fs.readdirSync(path.dirname(world().dataDir)).concat(fs.readdirSync("/tmp").filter((n) => /passwd|^x$|win\.ini/.test(n))).sort();
  beforeAll(() => { before = { data: tree(world().dataDir), outside: outside() }; });
  afterAll(() => expect(outside()).toEqual(before.outside));

  it.each([...new Set(ENDPOINTS.flatMap((e) => [...e.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!)))])("{%s} takes no path: every hostile name is a plain refusal on every route", async (parameter) => {
    for (const e of ENDPOINTS.filter((candidate) => candidate.path.includes(`{${parameter}}`))) {
      for (const name of NAMES) {
        const url = fill(e.path.replace(`{${parameter}}`, "\u0000")).replace("\u0000", name);
        const answer = await send(url, { method: e.method, token: world().token, headers: e.method === "GET" ? {} : { "content-type": "application/json", "if-match": '"v0"' }, body: e.method === "GET" ? undefined : "{}" }).catch((error: Error) => ({ status: 0, text: error.message, headers: {} }));
        // 0: Node itself refuses to send it. A name that ends the path early ("." or "?") may reach a shorter route, which must not fail either.
        if (answer.status === 0) continue;
        const shorter = /^[.?#]|^\/|^%2e|^$/.test(name);
        expect(answer.status, `${e.method} ${url.slice(0, 200)}: ${answer.text.slice(0, 200)}`).toBeLessThan(500);
        if (!shorter && e.method !== "GET") expect(answer.status, `${e.method} ${url.slice(0, 200)}`).toBeGreaterThanOrEqual(300);
        expect(answer.text).not.toMatch(/root:x:0:0/);
      }
    }
  });

  it("the name of an uploaded file is a label: hostile ones are refused and leave no file", async () => {
    for (const name of NAMES.filter((n) => !/^(\.\.\.|~root|\$HOME|`id`|\$\(id\)|CON|nul\.onnx)$/.test(n))) {
      const encoded = name.includes("%") ? name.replace(/%(?![0-9a-fA-F]{2})/g, "%25") : encodeURIComponent(name);
      const answer = await send(`/api/v1/projects/harbour/models/vad/versions?filename=${encoded}`, { method: "POST", token: world().token, headers: { "content-type": "application/octet-stream" }, body: "not a model" });
      expect(answer.status, name.slice(0, 80)).toBeGreaterThanOrEqual(400);
      expect(answer.status, name.slice(0, 80)).toBeLessThan(500);
      const tus = await send("/api/v1/uploads?project=harbour", { method: "POST", token: world().token, headers: { "tus-resumable": "1.0.0", "upload-length": "3", "upload-metadata": `filename ${Buffer.from(decode(encoded)).toString("base64")}` } });
      expect(tus.status, `tus ${name.slice(0, 80)}`).toBeLessThan(500);
      if (tus.status === 201) await send(new URL(tus.headers.location!, world().base).pathname, { method: "DELETE", token: world().token, headers: { "tus-resumable": "1.0.0" } });
    }
  });

  it("every file is as it was, by path and hash, and there is none more", () => {
    expect(tree(world().dataDir)).toEqual(before.data);
  });
});

const decode = (text: string) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
