declare module "*.md" {
  import type { MDXProps } from "mdx/types";
  export default function Document(props: MDXProps): React.JSX.Element;
}
