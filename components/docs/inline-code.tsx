/** Text in which `backticks` mark code. */
export function InlineCode({ text }: { text: string }) {
  return <>{text.split("`").map((part, i) => (i % 2 ? <code key={i} className="rounded-sm bg-sunken px-1 py-0.5 text-ink">{part}</code> : part))}</>;
}
