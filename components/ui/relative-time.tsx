"use client";
import { useEffect, useState } from "react";

const STEPS: [string, number][] = [["d", 86_400], ["h", 3600], ["min", 60], ["s", 1]];
// Made once: making one costs fifty times what printing with it does, and a list prints two a row.
const exactly = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

/** "3 min ago" of a time against now, both in ms since the epoch; "just now" within 10 s, a date beyond 30 days. */
export function relativeWords(timeMs: number, nowMs: number): string {
  const seconds = Math.round((timeMs - nowMs) / 1000);
  const size = Math.abs(seconds);
  if (size < 10) return "just now";
  if (size >= 30 * 86_400) return new Date(timeMs).toISOString().slice(0, 10);
  const [unit, length] = STEPS.find(([, s]) => size >= s)!;
  const words = `${Math.trunc(size / length)} ${unit}`;
  return seconds < 0 ? `${words} ago` : `in ${words}`;
}

/** A moment as people say it, kept current; the exact one on hover and for assistive technology. `nowMs`: the server's clock at rendering, so that both sides print the same. */
export function RelativeTime({ time, nowMs }: { time: string | number | Date; nowMs?: number }) {
  const ms = new Date(time).getTime();
  const [now, setNow] = useState<number | null>(nowMs ?? null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  const exact = new Date(ms).toISOString();
  return <time dateTime={exact} title={now === null ? exact : exactly.format(ms)} suppressHydrationWarning>{now === null ? `${exact.slice(0, 16).replace("T", " ")} UTC` : relativeWords(ms, now)}</time>;
}
