"use client";
import { FileUp } from "lucide-react";
import { AddSampleButton } from "@/components/models/add-sample-button";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";

/** No model yet: how the first one comes, by hand and by script. */
export function ModelsEmpty({ project, mayWrite, onUpload }: { project: string; mayWrite: boolean; onUpload: () => void }) {
  if (!mayWrite) {
    return <EmptyState icon={<FileUp aria-hidden />} title="No models yet">You can read this project. Whoever is a deployer in it can upload the first model; it shows here at once.</EmptyState>;
  }
  return (
    <EmptyState icon={<FileUp aria-hidden />} title="Drop an .onnx file anywhere in this window" className="max-w-xl"
      actions={<><Button variant="primary" onClick={onUpload}>Choose a file or folder</Button><AddSampleButton project={project} /></>}
      extra={<CodeBlock title="The same by API" wrap code={`curl -X POST "$SLIPWAY/api/v1/projects/${project}/models" -H "Authorization: Bearer $TOKEN" \\\n  -H "Content-Type: application/json" -d '{"name":"my-model"}'\n\ncurl -X POST "$SLIPWAY/api/v1/projects/${project}/models/my-model/versions?filename=model.onnx" \\\n  -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/octet-stream" --data-binary @model.onnx`} />}>
      Slipway reads its inputs, outputs, size and weights without running it, and says whether it fits your machine. ONNX deploys right here; safetensors, GGUF and other formats are kept for a cluster.
    </EmptyState>
  );
}
