// Serves the built web app: files under /assets are immutable, every other page address answers index.html.
// Addresses below /v1 are never pages: an unknown one is a 404 with the API's error body.
import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { AppError } from "@dd0c/core";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

const isPage = (request: FastifyRequest): boolean =>
  (request.method === "GET" || request.method === "HEAD") &&
  !/^\/(v1|assets|webhooks|sign-in|invitation)(\/|\?|$)/.test(request.url) &&
  !/\.[a-z0-9]+(\?|$)/i.test(request.url);

export async function mountWebPages(app: FastifyInstance, folder: string): Promise<void> {
  const built = existsSync(join(folder, "index.html"));
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      index: ["index.html"],
      wildcard: false,
      setHeaders: (reply, path) => {
        const immutable = path.startsWith(join(folder, "assets"));
        reply.header("cache-control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  }
  app.setNotFoundHandler(async (request: FastifyRequest, reply: FastifyReply) => {
    if (!isPage(request)) throw new AppError("NOT_FOUND");
    if (!built) return reply.code(503).type("text/plain; charset=utf-8").send("The web page is not built. Run: npm run build\n");
    return reply.header("cache-control", "no-cache").sendFile("index.html", { cacheControl: false });
  });
}
