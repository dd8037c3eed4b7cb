"use client";
import { Ellipsis } from "lucide-react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, type MenuItem } from "@/components/ui/dropdown-menu";

/** What can be done with one row. `name` says which, for assistive technology. */
export function RowMenu({ name, items }: { name: string; items: MenuItem[] }) {
  if (items.length === 0) return null;
  return <DropdownMenu trigger={<Button variant="ghost" size="sm" icon aria-label={`Actions for ${name}`}><Ellipsis aria-hidden /></Button>} groups={[{ items }]} />;
}
