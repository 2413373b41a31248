/** The zone that a site is taken to be in when TIMEZONE does not say another one. */
export const defaultZone = 'CET';
