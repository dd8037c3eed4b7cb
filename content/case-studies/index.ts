/** The case studies, newest first. Their text is beside this file, their data is what scripts/studies wrote. */
export type Study = { slug: string; title: string; summary: string; published: string; related: string[] };

export const STUDIES: Study[] = [
  { slug: "spot-or-on-demand", title: "Spot or on demand: what a month of interruptions costs", summary: "Ten thousand simulated months over published prices and interruption bands: what is saved, how often capacity is short, and when one on-demand replica buys nothing.", published: "2026-11-27", related: ["ocr-pipeline", "killed-workers"] },
  { slug: "ocr-pipeline", title: "From upload to p99: an OCR pipeline of three models", summary: "Three ONNX models on one machine, each asked through the gateway and straight, in alternation: what the gateway costs.", published: "2026-11-27", related: ["spot-or-on-demand", "killed-workers"] },
  { slug: "killed-workers", title: "Killed at every step: what is left when the worker dies", summary: "kill -9 before and after each effect of every operation, on one machine and at every write to a real Kubernetes API server, and what another worker makes of it.", published: "2026-11-27", related: ["spot-or-on-demand", "ocr-pipeline"] },
];
