import { History } from "lucide-react";

/** A figure older than it should be; how old, on hover and read aloud. The page says the sources and their ages in words. */
export function StaleMark({ ageDays }: { ageDays: number }) {
  return <span title={`${ageDays} days old`} className="text-warning"><History aria-hidden className="size-3.5" /><span className="sr-only">{ageDays} days old, </span></span>;
}
