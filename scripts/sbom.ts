import fs from "node:fs";
import path from "node:path";
import { billOfMaterials } from "./prove/bill-of-materials";
import type { Lock } from "./prove/lock-file";

// `npm run sbom`: writes what Slipway is made of as CycloneDX, from the lock file alone. `npm run sbom -- FILE` names the file.
const root = path.resolve(import.meta.dirname, "..");
const file = path.resolve(process.argv[2] ?? "slipway.cdx.json");
const bom = billOfMaterials(JSON.parse(fs.readFileSync(path.join(root, "package-lock.json"), "utf8")) as Lock);
fs.writeFileSync(file, `${JSON.stringify(bom, null, 2)}\n`);
console.log(`${bom.components.length} packages, CycloneDX ${bom.specVersion}: ${file}`);
