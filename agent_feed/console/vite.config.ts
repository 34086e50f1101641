import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const SERVICE = 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: 'es2022',
    outDir: 'dist',
    assetsDir: 'assets',
    // The page's policy allows no inline script, style or blob, so everything is a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    rolldownOptions: {
      input: { index: 'index.html', embed: 'embed.html', panel: 'src/embed/element.ts' },
      output: {
        // Hosts name this one in their pages: it keeps its name, and everything else carries its hash.
        entryFileNames: (chunk) =>
          chunk.name === 'panel' ? 'assets/paythread-panel.js' : 'assets/[name]-[hash].js',
      },
    },
  },
  server: {
    proxy: { '/v1': { target: SERVICE, ws: true } },
  },
});
