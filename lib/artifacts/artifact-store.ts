import { DirectoryStore } from "@/lib/artifacts/directory-store";
import { parseS3Place, S3Store, s3Client } from "@/lib/artifacts/s3-store";
import type { ArtifactStore } from "@/lib/artifacts/store";
import { dataPath, env } from "@/lib/env";

let store: ArtifactStore | undefined;
/** The artifact store of this instance: a directory, or a place in S3. */
export function artifactStore(): ArtifactStore {
  if (store) return store;
  const place = env().SLIPWAY_ARTIFACTS;
  return (store = place === "" ? new DirectoryStore(dataPath("artifacts")) : new S3Store(s3Client(), parseS3Place(place), dataPath("artifacts")));
}
