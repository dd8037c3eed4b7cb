import { limitWords, valueWords } from "@/components/alerts/value-words";
import type { ActiveAlertDto } from "@/lib/alerts/schema";

/** The value against its limit; why nothing is known where nothing is. */
export function AlertValue({ alert: a }: { alert: ActiveAlertDto }) {
  if (a.value === null) return <span className="text-ink-faint" title={a.noData ?? undefined}><span aria-hidden>–</span><span className="sr-only">not known now</span></span>;
  const limit = limitWords(a);
  return <span className="grid whitespace-nowrap sm:justify-items-end"><span className="figure font-medium">{valueWords(a.value, a.unit)}</span>{limit ? <span className="text-xs text-ink-faint">{limit}</span> : null}</span>;
}
