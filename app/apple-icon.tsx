import { ImageResponse } from "next/og";

export const size = { width: 180, height: 180 };
export const contentType = "image/png";

/** The mark on its own ground, for home screens. */
export default function AppleIcon() {
  return new ImageResponse(
    <div style={{ display: "flex", alignItems: "center", justifyContent: "center", width: "100%", height: "100%", background: "#0f1b2b" }}>
      <svg width="128" height="128" viewBox="0 0 16 16"><path d="M1.5 2.5 13.8 6.1 12 9.4a2 2 0 0 1-2.3 1L4.5 8.9A3 3 0 0 1 2.4 6.7Z" fill="#f1611d" /><path d="M1.5 10.6 11.6 13.6M12.9 13.6h1.6" stroke="#f3f6fa" strokeWidth="1.8" strokeLinecap="round" fill="none" /></svg>
    </div>,
    size,
  );
}
