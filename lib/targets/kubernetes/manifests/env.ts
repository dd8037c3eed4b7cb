const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Variables of a container. Kubernetes replaces `$(NAME)` in a value: every dollar is doubled, which it undoes, so that a value arrives as it is. */
export function plainEnv(values: Record<string, string>): { name: string; value: string }[] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => {
    if (!NAME.test(name)) throw new Error(`${JSON.stringify(name)} is not the name of a variable.`);
    return { name, value: value.replaceAll("$", "$$$$") };
  });
}
