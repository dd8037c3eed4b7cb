type Props = { name: "deployment" | "wizard" | "costs"; alt: string; /** The one picture of the first screen. */ first?: boolean };

/**
 * A picture of the running product (scripts/screenshots.ts), in the system's theme, and of the narrow layout on a narrow screen. The
 * picture is chosen before any script runs, so that nothing moves or flashes.
 */
export function Shot({ name, alt, first = false }: Props) {
  const at = (theme: string, width: string) => `/shots/${name}-${width}-${theme}.webp`;
  return (
    <picture className="block overflow-hidden rounded-xl border border-line bg-surface shadow-raised">
      <source media="(max-width: 40rem) and (prefers-color-scheme: dark)" srcSet={at("dark", "narrow")} width={780} height={1240} />
      <source media="(max-width: 40rem)" srcSet={at("light", "narrow")} width={780} height={1240} />
      <source media="(prefers-color-scheme: dark)" srcSet={at("dark", "wide")} width={1800} height={1125} />
      <img src={at("light", "wide")} width={1800} height={1125} alt={alt} className="block h-auto w-full" loading={first ? "eager" : "lazy"} fetchPriority={first ? "high" : undefined} decoding="async" />
    </picture>
  );
}
