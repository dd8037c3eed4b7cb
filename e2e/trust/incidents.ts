/** A row of docs/immunity.md: what happened to systems like this one, why, and the tests that fail if it could happen here. */
export type Incident = {
  incident: string; cause: string; immune: string;
  /** File, and the beginning of the names (describe > it) of its tests. Empty: nothing here proves it yet, and `pending` says what is missing. */
  tests: { file: string; name: string }[];
  pending?: string;
};

const trust = (file: string, name = "") => ({ file: `e2e/trust/${file}.test.ts`, name });

export const INCIDENTS: Incident[] = [
  { incident: "Next.js CVE-2025-29927", cause: "a request header skips the middleware that guards", immune: "nothing is guarded in a middleware; there is none", tests: [trust("next-incidents", "CVE-2025-29927")] },
  { incident: "Next.js CVE-2026-44575, 44574, 44573", cause: "prefetch segments, data routes and injected parameters pass the matcher", immune: "every page and route checks its caller itself", tests: [trust("next-incidents", "CVE-2026-44575"), { file: "lib/api/authorisation.db.test.ts", name: "" }] },
  { incident: "React2Shell CVE-2025-55182, CVE-2026-23870", cause: "Flight deserialises what strangers send", immune: "no server actions; pages answer GET alone; bodies end at 1 MB", tests: [trust("next-incidents", "CVE-2025-55182")] },
  { incident: "Next.js CVE-2026-44578", cause: "an upgrade with an absolute URI is proxied", immune: "upgrades are closed, absolute targets refused", tests: [trust("next-incidents", "CVE-2026-44578")] },
  { incident: "Next.js CVE-2025-57822, GHSA-fr5h", cause: "Host and forwarded headers are trusted", immune: "hosts are on a list; links are built from the configured address", tests: [trust("next-incidents", "CVE-2025-57822")] },
  { incident: "Next.js CVE-2026-27978, cross-site posts", cause: "Origin null counts as missing", immune: "only an exact origin passes; bodies are JSON or refused", tests: [trust("cross-site")] },
  { incident: "better-auth CVE-2025-61928, CVE-2026-45337", cause: "a user named in the body is believed", immune: "four calls reach the library, each with a body we made", tests: [trust("sign-in-routes", "CVE-2025-61928")] },
  { incident: "Open redirects: CVE-2024-56734, 2025-27143, 2025-71403, 2026-67333, 2026-107369", cause: "the place to go to is read differently by server and browser", immune: "one function, re-read as a browser would", tests: [trust("sign-in-routes", "CVE-2024-56734"), { file: "lib/auth/safe-next-path.test.ts", name: "" }] },
  { incident: "MLflow CVE-2023-6015, 2023-1177, 2023-3765, 2024-1483, 2024-2928, 2024-3848, 2026-53995", cause: "a name becomes a path", immune: "names are labels; keys are made by the server", tests: [trust("paths")] },
  { incident: "MLflow CVE-2026-2652, 2026-0545", cause: "routes of a second framework have no check", immune: "what the build serves is compared with the list of policies", tests: [trust("inventory", "CVE-2026-2652"), { file: "lib/api/inventory.test.ts", name: "" }] },
  { incident: "MLflow CVE-2026-2635", cause: "a default password", immune: "the first person comes by a one-time link", tests: [trust("inventory", "CVE-2026-2635")] },
  { incident: "SSRF: MLflow CVE-2026-64849, KFP CVE-2026-88980 and 88981, Ray CVE-2023-48023, Uppy CVE-2022-0086, Backstage CVE-2026-24048, Kyverno CVE-2026-84199", cause: "a URL is checked as text, before it is connected to", immune: "the address connected to is checked, on every hop; single sign-on's library goes through the same check", tests: [{ file: "lib/net/guarded-fetch.test.ts", name: "" }, { file: "lib/net/guard-global-fetch.test.ts", name: "" }, { file: "lib/net/vet-address.test.ts", name: "" }] },
  { incident: "Ray CVE-2023-48022, CVE-2025-62593", cause: "\"for trusted networks only\" is the control", immune: "no change without credentials, even on loopback; foreign hosts are refused", tests: [trust("next-incidents", "CVE-2025-62593")], pending: "network policies of model pods: with the Kubernetes target's suite" },
  { incident: "Argo CD CVE-2025-55190, CVE-2023-40029, GHSA-2q5c, GHSA-3cqf", cause: "internal objects are answered; what is hidden differs from what is missing", immune: "answers are allow-lists; foreign and unknown are one answer", tests: [trust("tenants", "CVE-2025-55190"), trust("secrets")] },
  { incident: "Argo CD CVE-2022-29165, GO-2023-1520", cause: "forged tokens are believed", immune: "tokens are random and looked up by hash", tests: [trust("tenants", "CVE-2022-29165")] },
  { incident: "Secrets in logs and errors: CVE-2021-23135, Backstage scaffolder", cause: "what failed is printed whole", immune: "a canary in each slot, searched for everywhere", tests: [trust("secrets", "CVE-2021-23135")] },
  { incident: "KFP CVE-2026-88982", cause: "a cache key without the tenant", immune: "keys belong to the actor and the path", tests: [trust("tenants", "CVE-2026-88982")] },
  { incident: "picklescan CVE-2025-1945, 10155, 10156 and the unlisted gadgets", cause: "a deny-list over formats that carry code", immune: "an allow-list of formats, parsed and never run", tests: [{ file: "lib/models/inspect/hostile-corpus.test.ts", name: "" }, { file: "lib/models/inspect/fuzz.test.ts", name: "" }] },
  { incident: "ONNX CVE-2022-25882, 2024-27318, 2025-51480, 2026-27489, 2026-34446", cause: "a tensor's location is a path", immune: "only a plain sibling of the same upload", tests: [{ file: "lib/models/inspect/hostile-corpus.test.ts", name: "" }] },
  { incident: "ingress-nginx, Triton and KServe: user text in annotations and arguments", cause: "a name becomes configuration", immune: "manifests are built from typed values", tests: [], pending: "with the Kubernetes target's suite" },
];
