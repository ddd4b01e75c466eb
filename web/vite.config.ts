// Builds the page into dist/, which the program embeds. `PASSAGE=http://… npm run dev` works against a running one.
import { defineConfig } from 'vite';

const passage = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env.PASSAGE ?? 'http://127.0.0.1:8080';
const answered = ['/api', '/start', '/login', '/logout', '/account', '/page.css', '/icon.svg', '/docs', '/openapi.json', '/healthz', '/readyz'];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // Nothing is put into the page itself: the policy of the page forbids what is inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Whose work the page carries, with their licences.
    license: { fileName: 'assets/licences.md' },
    chunkSizeWarningLimit: 1500,
  },
  // The host stays that of the browser: Passage refuses what comes from the page of another.
  server: { proxy: Object.fromEntries(answered.map((path) => [path, { target: passage, changeOrigin: false }])) },
});
