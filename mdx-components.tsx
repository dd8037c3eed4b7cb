import type { MDXComponents } from "mdx/types";

/** The App Router wants this file. Each page hands its own components to the document it renders (components/docs/prose.tsx). */
export function useMDXComponents(components: MDXComponents = {}): MDXComponents {
  return components;
}
