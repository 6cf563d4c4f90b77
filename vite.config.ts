import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * Builds the playground's page. Nothing is inlined into the HTML, so that the server can send a strict
 * Content-Security-Policy; the browsers named are the first that know CSS `light-dark()`, on which the themes rest.
 */
export default defineConfig({
  root: 'src/playground/web',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../../../dist/playground-web',
    emptyOutDir: true,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1300,
  },
});
