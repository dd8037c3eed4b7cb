/** Whether an address is of those that are there for strangers: the start page and the contact form. */
export const advertises = (url: string): boolean => /^\/(contact(\/\w*)?)?$/.test(url.split(/[?#]/)[0]!);
