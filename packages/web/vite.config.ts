// Builds the web face into static files with hashed names; the server serves them as they are.
// The route table of the contract carries zod schemas that only a server needs: here it is reduced to method and path
// when the bundle is made, so that the browser gets the same table without the schema library.
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { routes } from "../protocol/src/http/index.ts";

const CONTRACT_FOLDER = /packages[\\/]protocol[\\/]src[\\/]http[\\/]/;
const ROUTE_TABLE = /packages[\\/]protocol[\\/]src[\\/]http[\\/]routes\.ts$/;

const leanContract = (): Plugin => ({
  name: "lean-contract",
  enforce: "pre",
  load(id) {
    if (!ROUTE_TABLE.test(id)) return null;
    const table = Object.fromEntries(Object.entries(routes).map(([name, { method, path }]) => [name, { method, path }]));
    return { code: `export const routes = ${JSON.stringify(table)};`, moduleSideEffects: false };
  },
  transform(_code, id) {
    return CONTRACT_FOLDER.test(id) ? { moduleSideEffects: false } : null;
  },
});

const server = process.env["DD0C_SERVER"] ?? "http://127.0.0.1:4400";

export default defineConfig({
  plugins: [leanContract(), react(), tailwindcss()],
  build: { outDir: "dist", emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 700 },
  server: { proxy: { "/v1": server, "/api": server } },
});
