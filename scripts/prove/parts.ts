import { attacks } from "./attacks";
import { faults } from "./faults";
import { inputs } from "./inputs";
import type { Part } from "./part";

/** Every part, in the order of docs/proofs.md. A further one: its list in a file of its own, and here. */
export const parts: readonly Part[] = [...faults, ...inputs, ...attacks];
