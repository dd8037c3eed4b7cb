const CHAR_PX = 6.4;
const GAP_PX = 12;

/** Room for the labels of a vertical axis from 0 to `most`, in pixels, by their longest: known before anything is drawn, so nothing is cut off or shifts. Pure. */
export function axisWidth(most: number, format: (value: number) => string): number {
  // Ticks end at a round number, at most two and a half times as high, and lie at thirds of it.
  const lengths = [most, most / 3, (most * 2) / 3, most * 1.5, most * 2.5, 0].map((value) => format(value).length);
  return Math.ceil(Math.max(...lengths) * CHAR_PX + GAP_PX);
}
