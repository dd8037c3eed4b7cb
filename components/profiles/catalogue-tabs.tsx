"use client";
import { LinkTabs } from "@/components/ui/link-tabs";

/** The catalogue's two views: what can be deployed on, and all that AWS has. */
export const CatalogueTabs = () => <LinkTabs aria-label="Catalogue" tabs={[{ href: "/app/profiles", label: "Profiles", exact: true }, { href: "/app/profiles/instances", label: "Instance types" }]} />;
