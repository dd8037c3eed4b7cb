"use client";
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from "react";

/** One line of the palette. `run` acts, `href` leads; `group` heads it. */
export type Command = { id: string; label: string; group?: string; icon?: ReactNode; hint?: string; keywords?: string[] } & ({ href: string; run?: undefined } | { run: () => void; href?: undefined });

type Registry = { commands: Command[]; register: (owner: symbol, commands: Command[]) => void; unregister: (owner: symbol) => void };
const CommandContext = createContext<Registry | null>(null);

/** Holds the commands of the shell and of the page that is open. */
export function CommandProvider({ children }: { children: ReactNode }) {
  const [owners, setOwners] = useState<ReadonlyMap<symbol, Command[]>>(new Map());
  const register = useCallback((owner: symbol, commands: Command[]) => setOwners((old) => new Map(old).set(owner, commands)), []);
  const unregister = useCallback((owner: symbol) => setOwners((old) => { const next = new Map(old); next.delete(owner); return next; }), []);
  const value = useMemo(() => ({ commands: [...owners.values()].flat(), register, unregister }), [owners, register, unregister]);
  return <CommandContext value={value}>{children}</CommandContext>;
}

/** The commands known now. */
export function useCommands(): Command[] {
  return use(CommandContext)?.commands ?? [];
}

/** Adds a page's commands to ⌘K while it is open. Keep the array stable (useMemo), or it registers at every render. */
export function useRegisterCommands(commands: Command[]): void {
  const registry = use(CommandContext);
  const register = registry?.register;
  const unregister = registry?.unregister;
  useEffect(() => {
    if (!register || !unregister) return;
    const owner = Symbol("commands");
    register(owner, commands);
    return () => unregister(owner);
  }, [commands, register, unregister]);
}
