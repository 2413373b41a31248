import { render } from 'preact';
import { keepConnected } from './api/live.ts';
import { App } from './app/app.tsx';
import { followLinks } from './app/router.ts';
import { keepTheme } from './app/theme.ts';
import './styles/index.css';

keepTheme();
followLinks();
keepConnected();
render(<App />, document.getElementById('app') as HTMLElement);
