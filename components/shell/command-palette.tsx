"use client";
import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import { useReturnFocus } from "@/components/ui/use-return-focus";
import { useCommands, type Command } from "./commands";

/** Finds models, deployments and the like; called with what was typed (two letters at least), aborted when it changes. */
export type PaletteSearch = (text: string, signal: AbortSignal) => Promise<Command[]>;

/** ⌘K: go anywhere, do anything. */
export function CommandPalette({ open, onOpenChange, search }: { open: boolean; onOpenChange: (open: boolean) => void; search?: PaletteSearch }) {
  const router = useRouter();
  const focus = useReturnFocus();
  const commands = useCommands();
  const [text, setText] = useState("");
  const [found, setFound] = useState<{ text: string; commands: Command[]; failed: boolean } | null>(null);
  const query = text.trim();

  useEffect(() => {
    if (!open || !search || query.length < 2) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      search(query, abort.signal).then(
        (list) => { if (!abort.signal.aborted) setFound({ text: query, commands: list, failed: false }); },
        () => { if (!abort.signal.aborted) setFound({ text: query, commands: [], failed: true }); },
      );
    }, 120);
    return () => { clearTimeout(timer); abort.abort(); };
  }, [open, search, query]);

  const close = (next: boolean) => { if (!next) setText(""); onOpenChange(next); };
  const pick = (command: Command) => { close(false); if (command.href !== undefined) router.push(command.href); else command.run(); };
  const matches = (c: Command) => query.toLowerCase().split(/\s+/).every((w) => [c.label, c.group ?? "", ...(c.keywords ?? [])].join(" ").toLowerCase().includes(w));
  const shown = [...commands.filter(matches), ...(query.length >= 2 && found?.text === query ? found.commands : [])];
  const groups = new Map<string, Command[]>();
  for (const c of shown) groups.set(c.group ?? "Actions", [...(groups.get(c.group ?? "Actions") ?? []), c]);
  const searching = Boolean(search) && query.length >= 2 && found?.text !== query;

  return (
    <Dialog.Root open={open} onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-overlay animate-appear" />
        <Dialog.Content {...focus} aria-describedby={undefined} className="fixed left-1/2 top-[min(14vh,8rem)] z-50 w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-xl bg-raised shadow-raised outline outline-line animate-appear">
          <Dialog.Title className="sr-only">Search and commands</Dialog.Title>
          <Cmdk label="Search and commands" shouldFilter={false}>
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Search aria-hidden className="size-4 text-ink-faint" />
              <Cmdk.Input value={text} onValueChange={setText} placeholder="Search, or type what to do" className="h-12 min-w-0 flex-1 bg-transparent text-lg outline-none" />
              <Kbd>Esc</Kbd>
            </div>
            <Cmdk.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-1.5 scroll-py-1.5">
              <Cmdk.Empty className="px-3 py-8 text-center text-ink-muted">{searching ? "Searching…" : found?.failed ? "The search could not be reached. Commands still work." : `Nothing is called “${query}”.`}</Cmdk.Empty>
              {[...groups].map(([heading, list]) => (
                <Cmdk.Group key={heading} heading={heading} className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-faint">
                  {list.map((c) => (
                    <Cmdk.Item key={c.id} value={c.id} onSelect={() => pick(c)} className="menu-item min-h-9">
                      {c.icon}<span className="min-w-0 flex-1 truncate">{c.label}</span>{c.hint ? <span className="shrink-0 text-sm text-ink-faint">{c.hint}</span> : null}
                    </Cmdk.Item>
                  ))}
                </Cmdk.Group>
              ))}
            </Cmdk.List>
          </Cmdk>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
