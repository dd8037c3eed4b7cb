import type { ServerResponse } from "node:http";

/** Next names no characters for what it made when it was built (robots.txt, the site map, drawings). All of it is UTF-8, and says so here. */
export function nameCharset(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  response.writeHead = ((...args: unknown[]) => {
    const type = String(response.getHeader("content-type") ?? "");
    if (/^(text\/|application\/xml|image\/svg\+xml)/.test(type) && !/charset=/i.test(type)) response.setHeader("content-type", `${type}; charset=utf-8`);
    return writeHead(...args);
  }) as typeof response.writeHead;
}
