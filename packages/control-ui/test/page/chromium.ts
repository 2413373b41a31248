import { pathOf, type Wanted } from './found-browser.ts';

/** The system's Chromium. */
export const installedChromium: Wanted = {
  name: 'Chromium',
  package: 'chromium',
  variable: 'CHROMIUM',
  places: ['/usr/bin/chromium', '/usr/bin/chromium-browser'],
};

/** undefined: there is none. */
export const executablePath = pathOf(installedChromium);
