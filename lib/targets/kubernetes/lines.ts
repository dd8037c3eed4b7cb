/** The lines of a body as they come. Rejects as the body does; unlike node:readline, nothing is emitted once nobody reads any more. */
export async function* linesOf(body: AsyncIterable<Uint8Array> | null): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body ?? []) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield line.replace(/\r$/, "");
  }
  if (rest !== "") yield rest;
}
