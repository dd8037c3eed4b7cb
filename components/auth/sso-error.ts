const WORDS: Record<string, string> = {
  access_denied: "Signing in was cancelled, or your organisation does not let you use Slipway.",
  account_not_linked: "An account with your e-mail address signs in by password. Sign in with it; single sign-on is not joined to it by itself.",
  account_disabled: "This account is disabled. Ask an owner.",
  account_of_another: "Your e-mail address belongs here to somebody your organisation knows by another identity. Ask an owner to remove the old account.",
  email_not_verified: "Your organisation has not verified your e-mail address, which Slipway needs. Ask whoever runs it.",
  email_not_found: "Your organisation did not send an e-mail address, which Slipway needs. Ask whoever runs it.",
  signup_disabled: "There is no account for you here yet. Ask an owner for an invitation.",
  state_mismatch: "Signing in took too long or was started in another tab. Try again.",
  please_restart_the_process: "Signing in took too long or was started in another tab. Try again.",
};

/** Why single sign-on came back without a session, from the word in the address. Unknown words get one sentence, never echoed. */
export const ssoError = (word: string): string => WORDS[word.toLowerCase()] ?? "Signing in with your organisation did not work. Try again, or ask whoever runs Slipway.";
