import { existsSync } from 'node:fs';

const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** The system's Chromium; undefined: there is none. */
export const executablePath = places.find((place) => place !== undefined && existsSync(place));
