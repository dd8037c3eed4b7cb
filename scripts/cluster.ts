import { buildControlPlane } from "@/e2e/cluster/build";
import { ControlPlane } from "@/e2e/cluster/control-plane";

// `npm run cluster`: a real control plane in the foreground, to develop against. Ctrl-C stops it and forgets it.
const print = (line: string) => console.log(line);
try {
  const plane = await ControlPlane.start(await buildControlPlane(print), print);
  print(`\n  export KUBECONFIG=${plane.kubeconfig()}\n\nCtrl-C stops it.`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void plane.stop().then(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  process.on("disconnect", stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
