import localFont from "next/font/local";

// The portal's type, but optional: where it is not there within a blink, this visit keeps the system's and the next one has it. A
// font that comes late and swaps would move the page under the reader.
export const publicSans = localFont({ src: "../../node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2", variable: "--font-geist-sans", weight: "100 900", display: "optional" });
export const publicMono = localFont({
  src: "../../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2", variable: "--font-geist-mono", weight: "100 900", display: "optional",
  adjustFontFallback: false, fallback: ["ui-monospace", "SFMono-Regular", "Menlo", "Liberation Mono", "monospace"],
});
