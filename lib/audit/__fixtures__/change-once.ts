import { systemActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { createProject } from "@/lib/projects/create-project";

// One audited change in a process of its own, for a test that kills it. Its argument is the project's name.
await createProject(systemActor("killed"), { name: process.argv[2]! });
await db().$disconnect();
