/** Texts that run or load something where a page takes them for markup, an address or a template. `xss` is what a test listens to. */
export const HOSTILE_TEXTS = [
  "<script>xss()</script>", "\"><img src=x onerror=xss()>", "'><svg/onload=xss()>", "</script><script>xss()</script>", "</title><script>alert(1)</script>",
  "<a href=\"javascript:xss()\">x</a>", "[x](javascript:xss())", "javascript:xss()//", "<iframe srcdoc=\"<script>parent.xss()</script>\">", "<img src=//evil.example/x>",
  "<meta http-equiv=refresh content=0;url=//evil.example>", "<base href=//evil.example/>", "<style>@import'//evil.example/x'</style>", "<details open ontoggle=alert(1)>", "{{constructor.constructor('xss()')()}}", "${xss()}`", "<math><mtext></form><mglyph><style></math><img src onerror=xss()>",
] as const;

/** What a file's name may hold here, and is still not a name to a careless page. */
export const HOSTILE_FILE_NAME = "x' onfocus='xss()' autofocus='.onnx";
