import fs from "node:fs";
import { FETCH_ENV, FILES_LIST, type Layout, MODEL_DIR, TOKEN_FILE } from "@/lib/serving/layout";
import { download, Mismatch, type Source } from "./download";
import { exchange } from "./exchange";
import { FetchFailure } from "./failure";
import { placeOf, writeRest } from "./lay-out";
import { retry } from "./retry";

/** Files fetched at once. */
const AT_ONCE = 4;
const RETRY = { firstMs: 500, mostMs: 30_000, patienceMs: 10 * 60_000 };
/** kubelet shows what stands here as the container's last words. */
const LAST_WORDS = "/dev/termination-log";

const say = (message: string) => console.log(JSON.stringify({ at: new Date().toISOString(), message }));

type Settings = { baseUrl: string; revision: number; digest: string; layout: Layout; tokenFile: string; modelDir: string; listFile: string; patienceMs: number };

/** From the pod template. The places and the patience can be set too, for the tests that run this as a process. */
function settings(env: NodeJS.ProcessEnv): Settings {
  const need = (name: string) => env[name] ?? fail(`${name} is not set: the pod's template is not Slipway's.`);
  return {
    baseUrl: need(FETCH_ENV.url).replace(/\/+$/, ""), revision: Number(need(FETCH_ENV.revision)), digest: need(FETCH_ENV.digest), layout: JSON.parse(need(FETCH_ENV.layout)) as Layout,
    tokenFile: env.SLIPWAY_TOKEN_FILE ?? TOKEN_FILE, modelDir: env.SLIPWAY_MODEL_DIR ?? MODEL_DIR, listFile: env.SLIPWAY_FILES_LIST ?? FILES_LIST, patienceMs: Number(env.SLIPWAY_FETCH_PATIENCE_MS) || RETRY.patienceMs,
  };
}

function fail(message: string): never {
  throw new FetchFailure("refused", message);
}

async function main(): Promise<void> {
  const s = settings(process.env);
  const options = { ...RETRY, patienceMs: s.patienceMs, say };
  const began = performance.now();
  const ask = () => retry("The list of files", () => exchange(s.baseUrl, s.tokenFile, s.revision, s.digest), options);
  let exchanged = await ask();
  let renewing: Promise<void> | null = null;
  const source: Source = {
    baseUrl: s.baseUrl, token: () => exchanged.token,
    // Several downloads may find at once that the token's time is over: one asks for the next.
    renew: () => (renewing ??= ask().then((e) => { exchanged = e; }).finally(() => { renewing = null; })),
  };
  const files = exchanged.files.map((f) => ({ ...f, target: placeOf(s.modelDir, s.layout, f.path) }));
  const queue = [...files];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const file = next;
      let wrong = 0;
      await retry(file.path, async (progress) => {
        await download(file, file.target, source, progress).catch((error: unknown) => {
          if (error instanceof Mismatch && ++wrong > 1) throw new FetchFailure("digestMismatch", `${error.message} Twice: it is not so by chance. Check the artifact store, then upload the version again.`);
          throw error;
        });
      }, options);
      say(`${file.path}: ${file.sizeBytes} bytes, verified`);
    }
  }));
  await writeRest(s.modelDir, s.listFile, s.layout, files.map((f) => ({ path: f.path, absolutePath: f.target, sizeBytes: f.sizeBytes, sha256: f.sha256 })));
  say(`${files.length} ${files.length === 1 ? "file" : "files"} fetched and verified in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

main().catch((error: unknown) => {
  const failure = error instanceof FetchFailure ? error : new FetchFailure("unreachable", error instanceof Error ? error.message : String(error));
  const line = JSON.stringify({ event: "failed", reason: failure.kind === "digestMismatch" ? "DigestMismatch" : "LoadFailed", message: failure.message });
  console.error(line);
  try {
    if (fs.existsSync(LAST_WORDS)) fs.writeFileSync(LAST_WORDS, line);
  } catch {
    // said on stderr as well
  }
  process.exit(failure.exitCode);
});
