const LEGAL_FORMS = new Set(["inc", "incorporated", "llc", "ltd", "limited", "corp", "corporation", "co", "company", "gmbh", "ag", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "oy", "ab", "as", "aps", "plc", "pte", "pty", "kk", "ug", "se", "kg"]);

/** Addresses there say nothing of where somebody works. */
const MAILBOXES = new Set(["gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com", "proton.me", "protonmail.com", "gmx.de", "gmx.net", "web.de", "aol.com", "mail.com", "yandex.ru", "qq.com", "163.com", "zoho.com", "fastmail.com"]);

/** A name as duplicates are told by: lower case, no accents, no punctuation, no legal form at its end. "Écla, Inc." and "ecla" are one. */
export function nameKey(name: string): string {
  const words = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[.'’]/g, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  while (words.length > 1 && LEGAL_FORMS.has(words.at(-1)!)) words.pop();
  return words.join(" ").slice(0, 200);
}

/** The domain of a website as lists write it, with or without scheme, path and www. null: it is none. */
export function domainOf(website: string): string | null {
  const text = website.trim().toLowerCase();
  const host = URL.parse(/^[a-z]+:\/\//.test(text) ? text : `https://${text}`)?.hostname.replace(/^www\d?\./, "").replace(/\.$/, "");
  return host && host.length <= 253 && /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,}|xn--[a-z0-9-]+)$/.test(host) ? host : null;
}

/** An e-mail address in lower case; null: it is none. */
export function emailOf(text: string): string | null {
  const email = text.trim().toLowerCase();
  return email.length <= 254 && /^[^\s@"<>(),;:\\]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/.test(email) ? email : null;
}

/** The company's domain that an address tells; null for mailboxes of everybody. */
export function domainOfEmail(email: string): string | null {
  const domain = domainOf(email.split("@")[1] ?? "");
  return domain && !MAILBOXES.has(domain) ? domain : null;
}
