import { Mark } from "./mark";

/** The mark with the name beside it; the name is text, so it follows the theme and reads aloud. */
export function Wordmark({ size = 20 }: { size?: number }) {
  return (
    <span className="inline-flex items-center gap-2 text-ink">
      <Mark size={size} />
      <span className="text-lg font-semibold tracking-tight">Slipway</span>
    </span>
  );
}
