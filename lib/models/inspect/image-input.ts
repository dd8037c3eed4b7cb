import type { TensorSpec } from "./types";

export type ImageInput = {
  layout: "NCHW" | "NHWC";
  channels: 1 | 3 | 4;
  /** Pixels; null where the model takes any size. */
  width: number | null;
  height: number | null;
};

const SMALLEST_SIDE = 8;
const isChannels = (n: number | undefined): n is 1 | 3 | 4 => n === 1 || n === 3 || n === 4;
const isSide = (n: number | undefined): n is number => n === -1 || (n !== undefined && n >= SMALLEST_SIDE);
const side = (n: number): number | null => (n === -1 ? null : n);

/** Guesses whether an input is an image, from its shape and datatype alone. null: it is not one, or nothing tells. */
export function guessImageInput(input: TensorSpec): ImageInput | null {
  if (!input.shape || input.shape.length !== 4 || !["FP32", "FP16", "UINT8"].includes(input.datatype ?? "")) return null;
  const [batch, a, b, c] = input.shape;
  if (batch !== 1 && batch !== -1) return null;
  if (isChannels(a) && isSide(b) && isSide(c)) return { layout: "NCHW", channels: a, height: side(b), width: side(c) };
  if (isSide(a) && isSide(b) && isChannels(c)) return { layout: "NHWC", channels: c, height: side(a), width: side(b) };
  return null;
}
