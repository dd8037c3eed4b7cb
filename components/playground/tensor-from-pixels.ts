import type { ImageInput } from "@/lib/models/inspect/image-input";

export type Normalisation = "unit" | "signed" | "imagenet";
export const NORMALISATIONS: { value: Normalisation; label: string }[] = [{ value: "unit", label: "0…1" }, { value: "signed", label: "−1…1" }, { value: "imagenet", label: "ImageNet" }];

/** Mean and deviation of ImageNet's red, green and blue, on 0…1. */
const IMAGENET = [[0.485, 0.229], [0.456, 0.224], [0.406, 0.225]] as const;
const IMAGENET_GREY = [0.449, 0.226] as const;

/**
 * The tensor of an image that already has the model's size. `rgba`: four bytes a pixel, row by row, as a canvas gives them. Grey is
 * Rec. 601 luma. `raw` leaves 0…255, which is what an input of UINT8 takes.
 */
export function tensorFromPixels(rgba: Uint8ClampedArray, width: number, height: number, { layout, channels }: Pick<ImageInput, "layout" | "channels">, normalisation: Normalisation | "raw"): number[] {
  const pixels = width * height;
  if (rgba.length !== pixels * 4) throw new RangeError(`an image of ${width} × ${height} has ${pixels * 4} bytes, not ${rgba.length}`);
  const out = new Array<number>(pixels * channels);
  for (let p = 0; p < pixels; p++) {
    for (let c = 0; c < channels; c++) {
      const byte = channels === 1 ? Math.round(0.299 * rgba[p * 4]! + 0.587 * rgba[p * 4 + 1]! + 0.114 * rgba[p * 4 + 2]!) : rgba[p * 4 + c]!;
      out[layout === "NCHW" ? c * pixels + p : p * channels + c] = normalise(byte, c, channels, normalisation);
    }
  }
  return out;
}

function normalise(byte: number, channel: number, channels: number, how: Normalisation | "raw"): number {
  if (how === "raw") return byte;
  const unit = byte / 255;
  if (how === "signed") return unit * 2 - 1;
  if (how === "unit" || channel === 3) return unit;
  const [mean, deviation] = channels === 1 ? IMAGENET_GREY : IMAGENET[channel]!;
  return (unit - mean) / deviation;
}
