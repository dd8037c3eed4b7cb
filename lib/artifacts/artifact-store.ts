import { DirectoryStore } from "@/lib/artifacts/directory-store";
import { dataPath } from "@/lib/env";

let store: DirectoryStore | undefined;
/** The artifact store of this instance. */
export const artifactStore = () => (store ??= new DirectoryStore(dataPath("artifacts")));
