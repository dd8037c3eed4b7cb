"use client";

import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo, useRef, type ReactNode } from "react";
import { LiveConnection } from "@/components/live/live-connection";
import { readAgain } from "@/components/live/read-again";

const LiveContext = createContext<LiveConnection | null>(null);

/** Holds the tab's one event stream. Browsers allow six connections an origin, so a page never opens one of its own. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const connection = useMemo(() => new LiveConnection((url) => new EventSource(url)), []);
  useEffect(() => {
    const onVisibility = () => connection.setVisible(document.visibilityState === "visible");
    onVisibility();
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      connection.close();
    };
  }, [connection]);
  return <LiveContext value={connection}>{children}</LiveContext>;
}

/**
 * Reads the queries again whenever something changes under the topic (`deployment:{id}`, `deployments`, …). null: not yet known. `onState`: takes what the
 * event itself says of its subject, before the reading.
 */
export function useLive(topic: string | null, keys: QueryKey[], onState?: (state: unknown) => void): void {
  const connection = useContext(LiveContext);
  const client = useQueryClient();
  const latest = useRef({ keys, onState });
  useEffect(() => {
    latest.current = { keys, onState };
  });
  useEffect(() => {
    if (!connection || topic === null) return;
    return connection.subscribe(topic, (state) => {
      if (state !== undefined) latest.current.onState?.(state);
      readAgain(client, latest.current.keys);
    });
  }, [connection, client, topic]);
}
