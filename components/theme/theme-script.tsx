// Sets the person's theme before the first paint; next-themes takes over after hydration with the same key and classes.
// Without JavaScript nothing runs and the system's theme holds (globals.css).
const source = `try{var t=localStorage.getItem("theme");if(t==="light"||t==="dark")document.documentElement.classList.add(t)}catch(e){}`;

/** Goes into <head>; `nonce` is the request's, or undefined where no policy is set. */
export function ThemeScript({ nonce }: { nonce: string | undefined }) {
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: source }} />;
}
