import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export type Mail = { to: string[]; from: string; text: string; user: string | undefined; tls: boolean };

/** A real SMTP server on loopback, which asks for STARTTLS and a password, and keeps what it took. */
export class MailServer {
  readonly taken: Mail[] = [];
  private readonly server: SMTPServer;
  private waiting: (() => void)[] = [];
  port = 0;

  private constructor(account: { user: string; password: string }) {
    this.server = new SMTPServer({
      authMethods: ["PLAIN"], allowInsecureAuth: false,
      onAuth: (auth, _session, done) => (auth.username === account.user && auth.password === account.password ? done(null, { user: auth.username }) : done(new Error("wrong user name or password"))),
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on("data", (part: Buffer) => parts.push(part));
        stream.on("end", () => {
          const { mailFrom, rcptTo } = session.envelope;
          this.taken.push({ from: mailFrom ? mailFrom.address : "", to: rcptTo.map((r) => r.address), text: unfolded(Buffer.concat(parts).toString("utf8")), user: session.user, tls: session.secure });
          for (const wake of this.waiting.splice(0)) wake();
          done();
        });
      },
    });
    this.server.on("error", () => undefined); // a client that hangs up is its own affair
  }

  static async start(account: { user: string; password: string }): Promise<MailServer> {
    const made = new MailServer(account);
    made.port = await new Promise<number>((resolve, reject) => {
      made.server.once("error", reject);
      const listening = made.server.listen(0, "127.0.0.1", () => resolve((listening.address() as AddressInfo).port));
    });
    return made;
  }

  /** The first message to an address, now or once it comes. */
  async next(to: string): Promise<Mail> {
    for (;;) {
      const found = this.taken.find((m) => m.to.includes(to));
      if (found) return found;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** The text as written, from quoted-printable. */
const unfolded = (text: string) => text.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
