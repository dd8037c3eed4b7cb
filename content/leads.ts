/**
 * Everything about the lead pipeline that is a matter of taste: what the stages are called, what each rule of the score weighs, and
 * the messages to copy. Read by the portal and by lib/leads; leads are scored again by themselves when a weight changes.
 */

/** The board's columns, in their order. `value` is what the database and the API hold: change the words only. */
export const LEAD_STAGES = [
  { value: "new", label: "New", hint: "Not answered yet" },
  { value: "contacted", label: "Contacted", hint: "We wrote to them" },
  { value: "qualified", label: "Qualified", hint: "A model to run, and a reason" },
  { value: "proposal", label: "Proposal", hint: "They know the price" },
  { value: "won", label: "Won", hint: "They run Slipway" },
  { value: "lost", label: "Lost", hint: "Not now, or not us" },
] as const;

/** Most points of each rule. They add up to 100. */
export const LEAD_WEIGHTS = { buildsAi: 25, startUp: 5, usesGpus: 25, size: 20, funding: 15, fundedLately: 10 };

/** {{name}}, {{first name}}, {{company}}, {{link}} and {{sender}} are filled in; what is not known is left to be seen. */
export const LEAD_MESSAGES = [
  {
    name: "First message", subject: "What {{company}} pays for its GPUs",
    body: "Hello {{first name}},\n\nSlipway takes a model file to a measured deployment on your own EKS cluster, and says what it will cost before you press the button: spot or on-demand, per month and per 1,000 predictions.\n\nWhat it is, and a calculator that needs no account: {{link}}\n\nIf {{company}} runs models of its own, I would like to hear what hurts today.\n\n{{sender}}",
  },
  {
    name: "Answer to a contact request", subject: "Your message to Slipway",
    body: "Hello {{first name}},\n\nthank you for writing. To answer well I need two things: how large the model is, and how many requests a second it gets.\n\nWith these two you can also see a price yourself: {{link}}\n\n{{sender}}",
  },
  {
    name: "After a week", subject: "Slipway at {{company}}",
    body: "Hello {{first name}},\n\nI wrote a week ago and do not want to take more of your time than it is worth. Shall I ask again in spring, or not at all? One word is enough.\n\n{{sender}}",
  },
];
