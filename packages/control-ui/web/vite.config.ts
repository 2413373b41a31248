import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { withoutHelp } from './without-help.ts';

/** Parts that only some views need, and none to show the dashboard. */
const editing = 'text-editor|file-draft|import|planned';

/** What every view needs; the search and the plots are loaded with those that show them. */
const base = {
  name: 'parts',
  test: new RegExp(
    `/web/src/(api/|format/|app/(?!palette/(?!host|open))|parts/(?!plots|${editing}))`,
  ),
  priority: 2,
};
const editor = { name: 'editor', test: new RegExp(`/web/src/parts/(${editing})/`), priority: 1 };

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [withoutHelp(), preact(), tailwindcss()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // No inline script and no data: module: the page's policy forbids both.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // What views share is one file for each use: many small ones compress badly.
    rolldownOptions: { output: { codeSplitting: { groups: [base, editor] } } },
  },
  // While one works on the page: `vite` beside a service at port 8000.
  server: { proxy: { '/api': 'http://127.0.0.1:8000', '/health': 'http://127.0.0.1:8000' } },
});
