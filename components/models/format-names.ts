const NAMES: Record<string, string> = {
  onnx: "ONNX", safetensors: "safetensors", gguf: "GGUF", mar: "TorchServe archive", bento: "BentoML", pytorch: "PyTorch", pickle: "pickle", image: "Container image",
};

/** A model format as people write it; what is not known stays as it is. */
export const formatName = (format: string): string => NAMES[format] ?? format;
