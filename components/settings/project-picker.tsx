"use client";
import { usePathname, useRouter } from "next/navigation";
import { useTransition } from "react";
import { Combobox } from "@/components/ui/combobox";

/** Which project this page of the settings is about. It stands in the address, so that the page can be linked. */
export function ProjectPicker({ choices, current }: { choices: { slug: string; name: string }[]; current: string }) {
  const router = useRouter();
  const path = usePathname();
  const [pending, start] = useTransition();
  return (
    <div className="w-48" aria-busy={pending}>
      <Combobox aria-label="Project" value={current} onValueChange={(slug) => start(() => router.push(`${path}?project=${encodeURIComponent(slug)}`))} searchPlaceholder="Find a project"
        options={choices.map((p) => ({ value: p.slug, label: p.name, keywords: [p.slug] }))} disabled={pending} />
    </div>
  );
}
