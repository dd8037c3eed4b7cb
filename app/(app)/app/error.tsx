"use client";
import { ErrorState } from "@/components/ui/error-state";

/** A page of the portal that could not be made. The frame around it still works. */
export default function PortalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <ErrorState title="This page could not be shown" reason="Something went wrong on our side while reading what it needs." remedy="Try again; if it stays, the reference helps whoever runs Slipway to find it in the log." onRetry={reset} reference={error.digest ? `Reference ${error.digest}` : undefined} />;
}
