type Props = { date: string; commit: string; machine: string; load: number; script: string };

/** When and on what a study's figures were made, and how to make them again. */
export function MadeBy({ date, commit, machine, load, script }: Props) {
  return <p className="mt-4 rounded-md bg-sunken p-4 text-base text-ink-muted wrap-anywhere">Made on {date} by <code>{script}</code>, commit <code>{commit}</code>, on {machine}; load average at the start {load}. The data is beside this page in <code>content/case-studies</code>.</p>;
}
