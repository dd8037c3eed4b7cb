import { buildControlPlane } from "@/e2e/cluster/build";

// `npm run cluster:build`: the programs of a real control plane, compiled once into a cache outside the repository.
try {
  const build = await buildControlPlane((line) => console.log(line));
  console.log(`control plane: ${build.dir}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
