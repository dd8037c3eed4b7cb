"use client";
import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

export { toast } from "sonner";

/** Where toasts appear; once, in the portal's layout. Use `toast.success("Revision 4 is deploying")`; never for an error that needs an answer. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner theme={resolvedTheme === "dark" ? "dark" : "light"} position="bottom-right" visibleToasts={3} closeButton gap={8}
      icons={{ success: <CircleCheck className="size-4 text-ready" />, error: <CircleX className="size-4 text-failed" />, warning: <TriangleAlert className="size-4 text-warning" />, info: <Info className="size-4 text-progressing" /> }}
      toastOptions={{ style: { background: "var(--color-raised)", color: "var(--color-ink)", border: "1px solid var(--color-line)", boxShadow: "var(--shadow-raised)", fontFamily: "var(--font-sans)", fontSize: "0.875rem" }, classNames: { description: "text-ink-muted!" } }} />
  );
}
