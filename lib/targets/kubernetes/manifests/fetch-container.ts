import { FETCH_ENV, TOKEN_FILE, VOLUME } from "@/lib/serving/layout";
import { setDigest } from "@/lib/models/set-digest";
import { containerSecurity } from "./security";
import type { DeploymentContext, RevisionContext } from "./context";
import { plainEnv } from "./env";
import { fetchResources } from "./resources";

/** Fetches the files with the deployment's token, verifies each SHA-256 and the digest of the set, lays them out as the runtime wants them, and ends. */
export function fetchContainer(c: DeploymentContext, r: RevisionContext): object {
  return {
    name: "fetch-files", image: c.settings.modelServerImage, command: ["node", "/app/fetch-files.mjs"],
    env: plainEnv({
      [FETCH_ENV.url]: c.settings.artifactUrl, [FETCH_ENV.revision]: String(r.revision.n), [FETCH_ENV.digest]: setDigest(r.revision.files),
      [FETCH_ENV.layout]: JSON.stringify(r.shape.layout),
    }),
    resources: fetchResources(r), securityContext: containerSecurity(),
    volumeMounts: [{ name: "model", mountPath: VOLUME }, { name: "token", mountPath: TOKEN_FILE.slice(0, TOKEN_FILE.lastIndexOf("/")), readOnly: true }, { name: "tmp", mountPath: "/tmp" }],
  };
}
