"use client";
import { Eraser, ImageUp } from "lucide-react";
import { useCallback, useEffect, useRef, useState, type PointerEvent } from "react";
import { NORMALISATIONS, tensorFromPixels, type Normalisation } from "@/components/playground/tensor-from-pixels";
import { Button } from "@/components/ui/button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { ExampleInput } from "@/lib/models/inspect/example-inputs";
import type { ImageInput as Guess } from "@/lib/models/inspect/image-input";
import type { TensorSpec } from "@/lib/models/inspect/types";

/** Side of the image where the model takes any, in pixels: what most image models were trained on. */
const ANY_SIDE = 224;
type Props = { spec: TensorSpec; guess: Guess; onChange: (input: ExampleInput) => void; onError: (message: string | null) => void };

/** An image that is chosen, dropped or drawn, made to the model's tensor in the browser. */
export function ImageInput({ spec, guess, onChange, onError }: Props) {
  const width = guess.width ?? ANY_SIDE;
  const height = guess.height ?? ANY_SIDE;
  const canvas = useRef<HTMLCanvasElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const pen = useRef<{ x: number; y: number } | null>(null);
  const [normalisation, setNormalisation] = useState<Normalisation>("unit");
  const [over, setOver] = useState(false);
  const isBytes = spec.datatype === "UINT8";

  const read = useCallback((how: Normalisation) => {
    const context = canvas.current?.getContext("2d", { willReadFrequently: true });
    if (!context) return;
    const pixels = context.getImageData(0, 0, width, height).data;
    const shape = guess.layout === "NCHW" ? [1, guess.channels, height, width] : [1, height, width, guess.channels];
    onChange({ name: spec.name, datatype: spec.datatype!, shape, data: tensorFromPixels(pixels, width, height, guess, isBytes ? "raw" : how) });
  }, [guess, height, isBytes, onChange, spec, width]);

  const clear = useCallback(() => {
    const context = canvas.current?.getContext("2d", { willReadFrequently: true });
    if (!context) return;
    context.fillStyle = "#000";
    context.fillRect(0, 0, width, height);
  }, [height, width]);
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    clear();
    read("unit");
  }, [clear, read]);

  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    try {
      const bitmap = await createImageBitmap(chosen);
      canvas.current?.getContext("2d", { willReadFrequently: true })?.drawImage(bitmap, 0, 0, width, height);
      bitmap.close();
      onError(null);
      read(normalisation);
    } catch {
      onError(`"${chosen.name}" could not be read as an image. Choose a PNG, JPEG or WebP file.`);
    }
  };
  const at = (e: PointerEvent<HTMLCanvasElement>) => {
    const box = e.currentTarget.getBoundingClientRect();
    return { x: ((e.clientX - box.left) / box.width) * width, y: ((e.clientY - box.top) / box.height) * height };
  };
  const draw = (e: PointerEvent<HTMLCanvasElement>) => {
    const context = e.currentTarget.getContext("2d", { willReadFrequently: true });
    if (!pen.current || !context) return;
    const to = at(e);
    Object.assign(context, { strokeStyle: "#fff", lineCap: "round", lineWidth: Math.max(1.5, Math.min(width, height) / 14) });
    context.beginPath();
    context.moveTo(pen.current.x, pen.current.y);
    context.lineTo(to.x, to.y);
    context.stroke();
    pen.current = to;
  };

  return (
    <div className="grid gap-3">
      <div onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={(e) => { e.preventDefault(); e.stopPropagation(); setOver(false); void take(e.dataTransfer.files[0]); }}
        className={`grid place-items-center rounded-lg border border-dashed p-3 ${over ? "border-focus bg-hover" : "border-line-strong bg-sunken"}`}>
        <canvas ref={canvas} width={width} height={height} role="img" aria-label={`Image for ${spec.name}: draw here with the pointer, or choose a file`} style={{ aspectRatio: `${width} / ${height}`, width: `min(100%, ${Math.round(Math.min(360, 240 * (width / height)))}px)`, imageRendering: width < 100 ? "pixelated" : "auto" }}
          className="touch-none cursor-crosshair rounded-md bg-black"
          onPointerDown={(e) => { e.currentTarget.setPointerCapture(e.pointerId); pen.current = at(e); draw(e); }} onPointerMove={draw}
          onPointerUp={() => { pen.current = null; read(normalisation); }} onPointerCancel={() => { pen.current = null; }} />
        <p className="mt-2 text-center text-xs text-ink-muted">Drop an image, choose one, or draw. It becomes {width} × {height} pixels, {guess.layout}.</p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <input ref={file} type="file" accept="image/*" className="sr-only" tabIndex={-1} aria-label={`Image file for ${spec.name}`} onChange={(e) => { void take(e.target.files?.[0]); e.target.value = ""; }} />
        <Button size="sm" onClick={() => file.current?.click()}><ImageUp aria-hidden />Choose an image</Button>
        <Button size="sm" variant="ghost" onClick={() => { clear(); read(normalisation); }}><Eraser aria-hidden />Clear</Button>
        {isBytes ? <span className="text-sm text-ink-muted">Bytes, 0…255</span> : <SegmentedControl aria-label="Normalisation" options={NORMALISATIONS} value={normalisation} onValueChange={(how) => { setNormalisation(how); read(how); }} />}
      </div>
    </div>
  );
}
