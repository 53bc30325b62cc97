import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Where `npm run dev` finds the program. */
const server = process.env.BOOKWRIGHT_SERVER ?? "http://127.0.0.1:4600";

/** Where the program's pages find this development server. */
const own = process.env.BOOKWRIGHT_UI ?? "http://localhost:5173";

/** Folder of the package that a module of the bundle comes from. */
function packageOf(id: string): string | undefined {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll("\\", "/").replace(/^\0/, ""))?.[1];
}

/** Writes the licences of everything that reaches the bundle. */
function notices(): Plugin {
  return {
    name: "notices",
    apply: "build",
    generateBundle() {
      const folders = new Set([...this.getModuleIds()].flatMap((id) => packageOf(id) ?? []));
      const texts = [...folders].sort().flatMap((folder) => {
        if (!existsSync(join(folder, "package.json"))) return [];
        const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, string>;
        const files = readdirSync(folder, { withFileTypes: true }).filter((file) => file.isFile() && /^(licen[cs]e|notice)/i.test(file.name));
        const words = files.map((file) => readFileSync(join(folder, file.name), "utf8").trim());
        return [`${name} ${version}\nLicence: ${license ?? "see below"}\n\n${words.join("\n\n")}`];
      });
      this.emitFile({ type: "asset", fileName: "THIRD-PARTY-NOTICES.txt", source: texts.join(`\n\n${"=".repeat(80)}\n\n`) });
    },
  };
}

export default defineConfig({
  base: "/assets/",
  plugins: [react(), notices()],
  server: {
    port: Number(new URL(own).port),
    strictPort: true,
    // Pages come from the program, so addresses of fonts must name this server.
    origin: own,
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
