"use client";
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from "react";
import type { Crumb } from "@/components/ui/breadcrumb";

const CrumbContext = createContext<{ items: Crumb[]; set: (items: Crumb[]) => void } | null>(null);

/** Holds the breadcrumb that the page has set. */
export function CrumbProvider({ children }: { children: ReactNode }) {
  const [items, set] = useState<Crumb[]>([]);
  const value = useMemo(() => ({ items, set }), [items]);
  return <CrumbContext value={value}>{children}</CrumbContext>;
}

export function useCrumbs(): Crumb[] {
  return use(CrumbContext)?.items ?? [];
}

/** A page says where it is: `<SetCrumbs items={[{label: "Models", href: "/app/models"}, {label: model.name}]} />`. Works from server components. */
export function SetCrumbs({ items }: { items: Crumb[] }) {
  const set = use(CrumbContext)?.set;
  const key = JSON.stringify(items);
  useEffect(() => {
    set?.(JSON.parse(key) as Crumb[]);
    return () => set?.([]);
  }, [key, set]);
  return null;
}
