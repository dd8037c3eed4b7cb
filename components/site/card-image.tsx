import fs from "node:fs/promises";
import path from "node:path";
import { ImageResponse } from "next/og";

export const CARD_SIZE = { width: 1200, height: 630 };
const font = (weight: string) => fs.readFile(path.join(process.cwd(), `node_modules/geist/dist/fonts/geist-sans/Geist-${weight}.ttf`));

/** The social card of a page: its title over the way down to the water. Made once, when the product is built. */
export async function cardImage(title: string, kicker: string): Promise<ImageResponse> {
  const [regular, bold] = await Promise.all([font("Medium"), font("SemiBold")]);
  return new ImageResponse(
    <div style={{ display: "flex", flexDirection: "column", justifyContent: "space-between", width: "100%", height: "100%", padding: 72, background: "#0f1b2b", color: "#f3f6fa", fontFamily: "Geist" }}>
      <svg width="1200" height="630" viewBox="0 0 1200 630" style={{ position: "absolute", left: 0, top: 0 }}>
        <path d="M560 470 1200 628" stroke="#41566f" strokeWidth="10" strokeLinecap="round" fill="none" />
        <path d="M760 405 1128 503 1082 588a40 40 0 0 1-46 20L838 556a66 66 0 0 1-52-52Z" fill="#f1611d" />
      </svg>
      <div style={{ display: "flex", alignItems: "center", gap: 20, fontSize: 40, fontWeight: 600 }}>
        <svg width="56" height="56" viewBox="0 0 16 16"><path d="M1.5 2.5 13.8 6.1 12 9.4a2 2 0 0 1-2.3 1L4.5 8.9A3 3 0 0 1 2.4 6.7Z" fill="#f1611d" /><path d="M1.5 10.6 11.6 13.6M12.9 13.6h1.6" stroke="#f3f6fa" strokeWidth="1.8" strokeLinecap="round" fill="none" /></svg>
        Slipway
      </div>
      <div style={{ display: "flex", flexDirection: "column", gap: 24, paddingBottom: 40, maxWidth: 980 }}>
        <div style={{ fontSize: title.length > 60 ? 56 : 68, fontWeight: 600, letterSpacing: -2, lineHeight: 1.08, maxWidth: 940 }}>{title}</div>
        <div style={{ fontSize: 30, color: "#a9b8ca", maxWidth: 560 }}>{kicker}</div>
      </div>
    </div>,
    { ...CARD_SIZE, fonts: [{ name: "Geist", data: regular, weight: 500 }, { name: "Geist", data: bold, weight: 600 }] },
  );
}
