import type { Verdict } from "../types";
import { hostileArchives } from "./hostile-archives";
import { hostileOnnx } from "./hostile-onnx";
import { hostilePickles } from "./hostile-pickles";
import { hostileTensors } from "./hostile-tensors";

export type HostileSet = {
  name: string;
  files: Record<string, Uint8Array>;
  verdict: Exclude<Verdict, "accepted">;
  /** A finding that must be there, by code. */
  code: string;
};

/** Every hostile or code-carrying set the readers are held against. Built in code: nothing of it lies in the repository as a binary. */
export const hostileCorpus = (): HostileSet[] => [...hostilePickles(), ...hostileArchives(), ...hostileOnnx(), ...hostileTensors()];
