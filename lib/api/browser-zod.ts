import { z } from "zod";

// The page's policy forbids eval, which zod would otherwise try once and have reported. Loaded before the first schema is made.
if (typeof window !== "undefined") z.config({ jitless: true });
