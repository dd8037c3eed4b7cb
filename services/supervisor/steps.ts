const NAME_WIDTH = 12;

/** Prints each step of the start with its seconds, as it ends. */
export class Steps {
  private readonly began = performance.now();

  constructor(private readonly print: (line: string) => void) {}

  /** `describe` says in a few words what was done. */
  async run<T>(name: string, work: () => Promise<T> | T, describe: (result: T) => string = () => ""): Promise<T> {
    const began = performance.now();
    const result = await work();
    this.print(`  ${name.padEnd(NAME_WIDTH)} ${seconds(performance.now() - began)}  ${describe(result)}`.trimEnd());
    return result;
  }

  total(): string {
    return seconds(performance.now() - this.began).trim();
  }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`.padStart(7);
