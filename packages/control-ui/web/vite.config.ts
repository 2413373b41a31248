import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { withoutHelp } from './without-help.ts';

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
    // What most views share in one file: many small ones compress badly.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'parts', test: /\/web\/src\/(api|app|format|parts)\/(?!plots)/ }],
        },
      },
    },
  },
  // While one works on the page: `vite` beside a service at port 8000.
  server: { proxy: { '/api': 'http://127.0.0.1:8000', '/health': 'http://127.0.0.1:8000' } },
});
