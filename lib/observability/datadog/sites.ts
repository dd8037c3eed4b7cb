/** Where Datadog keeps organisations: an account is of one site, and unknown to the others. */
export const DATADOG_SITES = ["datadoghq.com", "us3.datadoghq.com", "us5.datadoghq.com", "datadoghq.eu", "ap1.datadoghq.com", "ap2.datadoghq.com", "ddog-gov.com"] as const;
export type DatadogSite = (typeof DATADOG_SITES)[number];

/** Address of the API; of the site, unless it is reached some other way. */
export const datadogApi = ({ site, url }: { site: DatadogSite; url?: string }): string => url ?? `https://api.${site}`;
/** Where people look. Sites of two labels have the application below `app.`. */
export const datadogApp = (site: DatadogSite): string => `https://${site.split(".").length === 2 ? `app.${site}` : site}`;
