import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress);

/** Compresses what browsers load of the build into `outdir`, once, so that no request has to: web serves it as it lies there. */
export async function compressStatic(root: string, outdir: string): Promise<void> {
  const from = path.join(root, ".next/static");
  const names = fs.readdirSync(from, { recursive: true, encoding: "utf8" }).filter((name) => /\.(js|css|json|svg)$/.test(name));
  await Promise.all(names.map(async (name) => {
    const bytes = fs.readFileSync(path.join(from, name));
    const to = path.join(outdir, `${name}.br`);
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.writeFileSync(to, await compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
  }));
}
