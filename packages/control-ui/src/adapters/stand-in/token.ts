/** The stand-in's own token; it protects nothing. */
export const standInToken = '0123456789abcdef0123456789abcdef';
