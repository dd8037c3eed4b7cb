/** Keys of what react-query holds, so that a change invalidates what it touched: `invalidateQueries({ queryKey: keys.tokens })`. */
export const keys = {
  me: ["me"] as const,
  sessions: ["me", "sessions"] as const,
  tokens: ["tokens"] as const,
  users: ["users"] as const,
  invitations: ["invitations"] as const,
  audit: ["audit"] as const,
  projects: ["projects"] as const,
  project: (project: string) => ["projects", project] as const,
  members: (project: string) => ["projects", project, "members"] as const,
  secrets: (project: string) => ["projects", project, "secrets"] as const,
  environments: (project: string) => ["projects", project, "environments"] as const,
  models: (project: string) => ["projects", project, "models"] as const,
  model: (project: string, model: string) => ["projects", project, "models", model] as const,
  versions: (project: string, model: string) => ["projects", project, "models", model, "versions"] as const,
  deployments: (project: string) => ["projects", project, "deployments"] as const,
  deployment: (project: string, deployment: string) => ["projects", project, "deployments", deployment] as const,
  profiles: ["profiles"] as const,
  targets: ["targets"] as const,
  overview: ["overview"] as const,
  /** `project` null: of everything one may see. */
  costs: (project: string | null, window: string) => ["costs", project, window] as const,
};
