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

/** Reads the queries again whenever something changes under the topic (`deployment:{id}`, `deployments`, …). null: not yet known. */
export function useLive(topic: string | null, keys: QueryKey[]): void {
  const connection = useContext(LiveContext);
  const client = useQueryClient();
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!connection || topic === null) return;
    return connection.subscribe(topic, () => readAgain(client, latest.current));
  }, [connection, client, topic]);
}
