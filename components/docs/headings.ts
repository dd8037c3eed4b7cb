export type Heading = { id: string; text: string; level: 2 | 3 };

/** The anchor of a heading, as GitHub makes it: the same links work in the repository and in the app. */
export function anchorOf(text: string): string {
  return text.toLowerCase().replaceAll("`", "").trim().replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-");
}

/** Headings of levels 2 and 3 of a Markdown source, code blocks passed over. */
export function headingsOf(source: string): Heading[] {
  return withoutCode(source).split("\n").flatMap((line) => {
    const found = /^(##|###) (.+)$/.exec(line);
    return found ? [{ id: anchorOf(found[2]!), text: plain(found[2]!), level: found[1]!.length as 2 | 3 }] : [];
  });
}

export const withoutCode = (source: string) => source.replace(/^```[\s\S]*?^```$/gm, "");

/** Text of a line of Markdown: marks and link targets taken out. */
export const plain = (markdown: string) => markdown.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]/g, "");
