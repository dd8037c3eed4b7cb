"use client";
import { useEffect, useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import type { Chosen } from "@/components/targets/connect-flow";
import { Field } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { Textarea } from "@/components/ui/textarea";
import { fetchJson, LIMIT_MS } from "@/lib/api-client/fetch-json";
import type { KubeContext } from "@/lib/targets/kubernetes/parse-kubeconfig";

const READ_AFTER_MS = 300;

/** A kubeconfig, pasted or as a file, and one of its contexts. Contexts that cannot be used say why. */
export function KubeconfigChoice({ onChange }: { onChange: (chosen: Chosen | null) => void }) {
  const [text, setText] = useState("");
  const [contexts, setContexts] = useState<KubeContext[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [picked, setPicked] = useState<string>();

  const pick = (context: KubeContext | undefined, kubeconfig: string) => {
    setPicked(context?.name);
    onChange(context ? { connection: { type: "kubeconfig", kubeconfig, context: context.name }, suggestedName: nameOf(context.name) } : null);
  };
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      if (text.trim() === "") return;
      try {
        const { items } = await fetchJson<{ items: KubeContext[] }>("/api/v1/target-discovery/kubeconfig", { body: { kubeconfig: text }, signal: abort.signal, limitMs: LIMIT_MS.elsewhere });
        setContexts(items);
        setError(null);
        const usable = items.filter((c) => c.problem === null);
        pick(usable.find((c) => c.current) ?? (usable.length === 1 ? usable[0] : undefined), text);
      } catch (cause) {
        if (abort.signal.aborted) return;
        setContexts(null);
        setError(asProblem(cause).detail);
      }
    }, READ_AFTER_MS);
    return () => { clearTimeout(timer); abort.abort(); };
    // Only on the text: `pick` is made anew at each render and reads nothing that changes.
  }, [text]);
  const change = (next: string) => {
    setText(next);
    setContexts(null);
    setError(null);
    pick(undefined, next);
  };

  return (
    <div className="grid gap-4">
      <Field label="Kubeconfig" required error={error} hint={<>With everything in it: <code className="font-mono text-ink">kubectl config view --raw --minify --flatten</code></>} aside={<FilePick onText={change} />}>
        <Textarea mono rows={8} className="max-h-64" value={text} onChange={(e) => change(e.target.value)} autoComplete="off" autoCapitalize="none" spellCheck={false} placeholder={"apiVersion: v1\nkind: Config\nclusters: …"} />
      </Field>
      {contexts ? (
        <RadioCards aria-label="Context" value={picked} onValueChange={(name) => pick(contexts.find((c) => c.name === name), text)} options={contexts.map((c) => ({
          value: c.name, title: c.name, disabled: c.problem !== null, detail: c.problem ?? <span className="wrap-anywhere">{c.server} · {c.credential === "token" ? "token" : "client certificate"} of {c.user}</span>,
        }))} />
      ) : null}
    </div>
  );
}

/** A name for the target from a context's: `kind-slipway`, the last part of an ARN. */
const nameOf = (context: string) => (context.split("/").at(-1) ?? "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40).replace(/-+$/, "");

function FilePick({ onText }: { onText: (text: string) => void }) {
  return (
    <label className="link cursor-pointer">Choose a file
      <input type="file" className="sr-only" onChange={(e) => { const file = e.target.files?.[0]; e.target.value = ""; if (file && file.size <= 256 * 1024) void file.text().then(onText); }} />
    </label>
  );
}

