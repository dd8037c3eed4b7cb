import { uploads } from "@/lib/uploads/uploads";

// tus 1.0 speaks for itself (lib/uploads): it is one of the exceptions that lib/api/exceptions.ts lists, with its policy.
const handle = (request: Request) => uploads().handle(request);

export { handle as POST, handle as HEAD, handle as PATCH, handle as DELETE, handle as OPTIONS };
