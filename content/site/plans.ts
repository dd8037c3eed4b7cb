/** What Slipway can be had for. Edit here: the start page shows these, in this order. A price that depends is said in words, never invented. */
export type Plan = { name: string; price: string; period: string | null; for: string; points: string[]; action: { label: string; href: string }; main: boolean };

export const PLANS: Plan[] = [
  {
    name: "Self-hosted", price: "$0", period: "Apache-2.0, for good", for: "For teams that run it themselves",
    points: ["All of Slipway: nothing is held back for a paid plan", "This machine, any Kubernetes cluster, Amazon EKS", "People, models and deployments without a count", "No telemetry leaves your network"],
    action: { label: "Install it", href: "#install" }, main: true,
  },
  {
    name: "With our help", price: "By agreement", period: null, for: "For teams that want to start this month",
    points: ["Set up on your EKS cluster with your people", "Profiles and budgets for your own instances and prices", "Questions answered by those who wrote it", "What is built for you goes into the same source"],
    action: { label: "Ask us", href: "/contact?about=help" }, main: false,
  },
];
