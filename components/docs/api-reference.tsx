"use client";
import { ApiReferenceReact } from "@scalar/api-reference-react";
import "@scalar/api-reference-react/style.css";
import "./api-reference.css";
import { useEffect, useRef, useState } from "react";
import { mendNames } from "./mend-names";

/** The reference of the REST API, drawn from the document this Slipway serves. Nothing is asked of any other host. */
export default function ApiReference({ dark }: { dark: boolean }) {
  const [configuration, setConfiguration] = useState(() => settings(dark));
  useEffect(() => setConfiguration(settings(dark)), [dark]);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => (frame.current ? mendNames(frame.current) : undefined), []);
  return <div ref={frame}><ApiReferenceReact configuration={configuration} /></div>;
}

const settings = (dark: boolean) => ({
  url: "/api/v1/openapi.json", theme: "none" as const, withDefaultFonts: false, telemetry: false, hideClientButton: true, hideDarkModeToggle: true,
  forceDarkModeState: dark ? ("dark" as const) : ("light" as const), showDeveloperTools: "never" as const, showToolbar: "never" as const, mcp: { disabled: true }, agent: { disabled: true },
  documentDownloadType: "json" as const, defaultOpenAllTags: false, persistAuth: false, hideModels: true,
  defaultHttpClient: { targetKey: "shell" as const, clientKey: "curl" as const },
});
