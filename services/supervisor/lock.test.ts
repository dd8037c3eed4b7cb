import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ProcessRecord } from "@/services/supervisor/leftovers";
import { lockDataDir } from "@/services/supervisor/lock";
import { identify, isRunning } from "@/services/supervisor/process-identity";

let folder: string;
const file = () => path.join(folder, "run", "supervisor.lock");
const holdBy = (pid: number, began: string) => {
  fs.mkdirSync(path.dirname(file()), { recursive: true });
  fs.writeFileSync(file(), JSON.stringify({ pid, began }));
};
beforeEach(() => void (folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-lock-"))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

describe("the lock of a data directory", () => {
  it("is held once, says who holds it, and is free after its release", () => {
    const release = lockDataDir(folder);
    expect(() => lockDataDir(folder)).toThrow(`process ${process.pid} holds it`);
    release();
    lockDataDir(folder)();
    expect(fs.readdirSync(path.dirname(file()))).toEqual([]);
  });
  it("passes over a holder that is gone, also when its pid belongs to another program now", () => {
    holdBy(process.pid, "1");
    lockDataDir(folder)();
    holdBy(2 ** 22 + 1, "1");
    lockDataDir(folder)();
    fs.writeFileSync(file(), "half a li");
    lockDataDir(folder)();
  });
});

describe("what an earlier run left", () => {
  it("is ended, also when it does not listen to SIGTERM; a process with a reused pid is let alone", async () => {
    const stubborn = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)"], { stdio: ["ignore", "pipe", "ignore"] });
    await new Promise((resolve) => stubborn.stdout.once("data", resolve));
    const record = path.join(folder, "processes.json");
    new ProcessRecord(record).add(stubborn.pid as number);
    const entries = JSON.parse(fs.readFileSync(record, "utf8")) as object[];
    fs.writeFileSync(record, JSON.stringify([...entries, { pid: process.pid, began: "1" }]));
    const identity = identify(stubborn.pid as number);
    expect(identity && isRunning(identity)).toBe(true);
    expect(await new ProcessRecord(record).endLeftovers()).toBe(1);
    expect(identity && isRunning(identity)).toBe(false);
    expect(JSON.parse(fs.readFileSync(record, "utf8"))).toEqual([]);
  }, 15_000);
});
