import { render } from 'preact';
import { keepConnected } from './api/live.ts';
import { keepPreferences } from './api/preferences.ts';
import { App } from './app/app.tsx';
import { listenForKeys } from './app/keys.ts';
import { followLinks } from './app/router.ts';
import { keepTheme } from './app/theme.ts';
import './styles/index.css';

keepTheme();
followLinks();
keepConnected();
keepPreferences();
listenForKeys();
render(<App />, document.getElementById('app') as HTMLElement);
