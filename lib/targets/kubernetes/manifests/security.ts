/** Of every container: what the restricted Pod Security level asks for, and a root file system nobody can write. */
export const containerSecurity = () => ({
  allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, privileged: false, readOnlyRootFilesystem: true, runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" },
});

/** Of the pod. The group owns the volumes, so that an account without any rights can read the files and write its caches. */
export const podSecurity = (uid: number) => ({
  runAsNonRoot: true, runAsUser: uid, runAsGroup: uid, fsGroup: uid, fsGroupChangePolicy: "OnRootMismatch", seccompProfile: { type: "RuntimeDefault" },
});
