import { db } from "@/lib/db/client";
import { runLists } from "@/lib/leads/import/run-lists";

// A worker of its own, to be killed in the middle.
await runLists(() => new Date(), { owner: "killed" });
await db().$disconnect();
