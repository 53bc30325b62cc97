import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `npm run dev` finds the program. */
const server = process.env.BOOKWRIGHT_SERVER ?? "http://127.0.0.1:4600";

export default defineConfig({
  base: "/assets/",
  plugins: [react()],
  server: {
    port: 5173,
    strictPort: true,
    proxy: { "/api": server, "/w": server, "/ws": { target: server.replace(/^http/, "ws"), ws: true } },
  },
  build: {
    outDir: process.env.BOOKWRIGHT_WEB_OUT ?? join(import.meta.dirname, "dist"),
    emptyOutDir: true,
    // Served below /assets/, so the bundle needs no second folder of that name.
    assetsDir: "",
    target: "es2022",
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    // Data addresses are not in the content security policy for fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1024,
    rolldownOptions: { input: "src/main.tsx" },
  },
});
