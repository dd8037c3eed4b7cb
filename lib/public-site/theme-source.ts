/**
 * Sets the person's theme before the first paint. One constant text, so that a policy can allow it by its hash: a prerendered page has
 * no nonce. Without JavaScript nothing runs and the system's theme holds (app/globals.css).
 */
export const THEME_SOURCE = `try{var t=localStorage.getItem("theme");if(t==="light"||t==="dark")document.documentElement.classList.add(t)}catch(e){}`;
