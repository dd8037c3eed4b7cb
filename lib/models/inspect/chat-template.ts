import type { InspectionFinding } from "./types";

/** Jinja that reaches into Python's objects (`__class__`, `__globals__`, `|attr(…)`): known ways out of a template into the server that renders it. */
const REACHES_OUT = /__\w+__|\|\s*attr\s*\(|\b(?:lipsum|cycler|joiner|self)\s*\.\s*_|\bimport\s+os\b|\\x5f|\.mro\b/i;

/** A chat template is a small program that the runtime renders. Reports one; `danger` when it reaches beyond formatting messages. */
export function checkChatTemplate(template: string, path: string): InspectionFinding {
  return REACHES_OUT.test(template)
    ? { severity: "danger", code: "template_code", path, message: "The chat template reaches into the server's own objects, which formatting messages never needs: it could run code. Replace it with the template of the original model." }
    : { severity: "info", code: "chat_template", path, message: "The model brings a chat template, which the runtime renders for every request; it uses nothing but formatting." };
}
