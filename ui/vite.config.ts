import { defineConfig } from 'vite'

// `npm run dev` shows the pages of a server that runs elsewhere: FERMATA_URL names it.
const server = process.env.FERMATA_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
    base: './',
    esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
    // form-js and the properties panel bring an own Preact; only our pages use this one.
    build: {
        target: 'es2022',
        outDir: process.env.UI_OUT ?? '../build/ui/dist',
        emptyOutDir: true,
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 3000,
        reportCompressedSize: false,
    },
    server: { proxy: { '/v2': server, '/events': server, '/metrics': server } },
})
