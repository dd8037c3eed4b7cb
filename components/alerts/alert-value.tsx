import { limitWords, valueWords } from "@/components/alerts/value-words";
import type { ActiveAlertDto } from "@/lib/alerts/schema";

/** The value against its limit; why nothing is known where nothing is. */
export function AlertValue({ alert: a }: { alert: ActiveAlertDto }) {
  if (a.value === null) return <span className="text-sm text-ink-faint" title={a.noData ?? undefined}>not known now</span>;
  const limit = limitWords(a);
  return <span className="grid whitespace-nowrap sm:justify-items-end"><span className="figure font-medium">{valueWords(a.value, a.unit)}</span>{limit ? <span className="text-xs text-ink-faint">{limit}</span> : null}</span>;
}
