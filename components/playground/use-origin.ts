import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Where this page came from; empty until the browser has it, so that both sides print the same. */
export const useOrigin = (): string => useSyncExternalStore(never, () => location.origin, () => "");
