import { useSyncExternalStore } from "react";

const subscribe = (changed: () => void) => {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
};
const read = () => /^#token=([A-Za-z0-9_-]{43})$/.exec(window.location.hash)?.[1] ?? null;

/**
 * The token of a one-time link. It stands after `#`, so that no server and no log sees it. undefined while the server renders,
 * null where the address has none. It stays in the address until it was used: a reload must not lose it.
 */
export const useFragmentToken = (): string | null | undefined => useSyncExternalStore<string | null | undefined>(subscribe, read, () => undefined);

/** Takes a used token out of the address and the history. */
export const forgetFragmentToken = (): void => window.history.replaceState(window.history.state, "", window.location.pathname);
