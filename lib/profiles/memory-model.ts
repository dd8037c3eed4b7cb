/**
 * What a model server takes beside the weights, in MiB. Each with its reason; a verdict names the one that decides it.
 */
export const MEMORY = {
  /** Node.js with onnxruntime-node and a tiny session measured 83 MiB resident; rounded up for the HTTP server and its queue. */
  onnxServerMib: 160,
  /** A Python server with PyTorch and CUDA libraries in host memory, as vLLM and Triton images start; an allowance, not a measurement. */
  gpuServerHostMib: 2048,
  /** CUDA context, kernels and library workspaces on each accelerator; an allowance, not a measurement. */
  acceleratorRuntimeMib: 1024,
  /** Intermediate tensors, as a share of the weights; the header does not tell them. */
  workingShare: 0.1,
  workingLeastMib: 64,
  /** On an accelerator workspaces of convolution and attention kernels have a floor. */
  acceleratorWorkingLeastMib: 256,
  /** Safetensors and gguf are mapped and copied file by file: at most one file of the usual 5 GB stands in host memory. */
  stagingMostMib: 4769,
} as const;

/** Disk beside the files, in MiB; allowances for images and for logs and caches. */
export const DISK = { gpuImageMib: 20 * 1024, cpuImageMib: 2 * 1024, scratchMib: 2 * 1024 } as const;

/** Above this share of the capacity a fit is tight: vLLM, for one, leaves a tenth of the accelerator's memory alone by default. */
export const TIGHT_ABOVE = 0.9;

/** Formats whose bytes on disk are the bytes in memory, give or take the header. */
export const STORED_AS_LOADED = new Set(["onnx", "safetensors", "gguf"]);

/** Formats that are read whole into host memory before the weights move on. */
export const READ_WHOLE = new Set(["onnx", "pytorch", "mar", "pickle", "bento"]);
