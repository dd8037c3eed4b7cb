const MAX_LINE_BYTES = 4 * 1024 * 1024;

/**
 * Reads the configuration line of standard input and then watches for its end: a closed pipe means that the parent died, and a
 * replica without a parent must not go on. `onOrphaned` may be called at any time, also before the line was whole.
 */
export function readConfigLine(stdin: NodeJS.ReadStream, onOrphaned: () => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    let done = false;
    stdin.setEncoding("utf8");
    stdin.on("data", (chunk: string) => {
      if (done) return;
      text += chunk;
      const end = text.indexOf("\n");
      if (end >= 0) {
        done = true;
        resolve(text.slice(0, end));
        text = "";
      } else if (text.length > MAX_LINE_BYTES) {
        reject(new Error("the configuration line is too long"));
      }
    });
    stdin.on("end", onOrphaned);
    stdin.on("error", onOrphaned);
  });
}
