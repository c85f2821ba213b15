// The front door of a real server: routes, sessions, refusals, limits and what is logged.
import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Route, type RouteName, routePath, routes } from "@dd0c/protocol/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cookieOf, type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";

let server: TestServer;
let admin: Session;
let key: Session;

const id = "00000000-0000-4000-8000-000000000000";
const names = Object.keys(routes) as RouteName[];
const route = (name: RouteName): Route => routes[name];
const pathOf = (name: RouteName): string => server.url + routePath(name, { id, sid: id, v: 1, step_id: id, key_id: id });
const request = (name: RouteName, headers: Readonly<Record<string, string>>, body: unknown = {}): Promise<Response> => {
  const { method } = route(name);
  const json = method === "GET" ? {} : { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
  return fetch(pathOf(name), { method, headers, ...json });
};
const codeOf = async (response: Response): Promise<unknown> => ((await response.json()) as { error?: { code?: unknown } }).error?.code;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signIn();
  key = server.withKey((await admin.call("createApiKey", { body: { name: "machine", role: "operator" } })).key);
}, 60_000);
afterAll(() => server.stop());

describe("routes", () => {
  it("are those of the table, pages outside the app, inbound webhooks, the health check and the page", () => {
    const pages = [
      "GET /sign-in/:token",
      "GET /invitation/:token",
      "POST /invitation/:token",
      "GET /slack/link/:code",
      "POST /slack/link/:code",
    ];
    const webhooks = ["POST /webhooks/:kind/:integration_id", "POST /v1/run/webhooks/:kind/:integration_id"];
    const own = ["GET /healthz", ...pages, ...webhooks, "GET /", "GET /index.html"];
    const table = names.map((name) => `${route(name).method} /v1/run${route(name).path}`);
    expect(server.routes.filter((one) => !one.startsWith("HEAD ")).toSorted()).toEqual([...own, ...table].toSorted());
  });

  it("answer an unknown API address with the error body", async () => {
    const response = await fetch(`${server.url}/v1/run/nothing`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: {
        code: "NOT_FOUND",
        message: expect.any(String) as string,
        request_id: response.headers.get("x-request-id"),
        timestamp: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/) as string,
      },
    });
  });
});

describe("who may call", () => {
  it.each(names.filter((name) => route(name).access !== "public"))("nobody: %s is 401", async (name) => {
    const response = await request(name, {});
    expect([response.status, await codeOf(response)]).toEqual([401, "UNAUTHENTICATED"]);
  });

  it.each(names.filter((name) => route(name).humanOnly))("a key: %s is 403 HUMAN_REQUIRED", async (name) => {
    const response = await request(name, key.headers);
    expect([response.status, await codeOf(response)]).toEqual([403, "HUMAN_REQUIRED"]);
  });

  it.each(names.filter((name) => route(name).method !== "GET" && route(name).access !== "public"))(
    "a session from another site, or from nowhere: %s is 403 ORIGIN_REFUSED",
    async (name) => {
      for (const origin of [{ origin: "https://evil.example" }, { origin: "null" }, { origin: `${server.url}.evil.example` }, {}]) {
        const response = await request(name, { cookie: admin.headers["cookie"] ?? "", ...origin });
        expect([response.status, await codeOf(response)]).toEqual([403, "ORIGIN_REFUSED"]);
      }
    },
  );

  it("a role that is too low is 403 FORBIDDEN and says which one it needs", async () => {
    await expect(key.call("createRunbook", { body: { raw_text: "1. `df -h`" } })).rejects.toMatchObject({
      status: 403,
      code: "FORBIDDEN",
      details: { required_role: "author", role: "operator" },
    });
  });

  it("a session that ended is nobody", async () => {
    const session = await server.signIn();
    await session.call("signOut");
    await expect(session.call("getSession")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
});

describe("sign-in link", () => {
  it("leads a client without cookies to a 200 page", async () => {
    const response = await fetch(await server.newSignInLink());
    expect([response.status, response.redirected, new URL(response.url).pathname]).toEqual([200, true, "/"]);
  });

  it("works once, and a used one says what to do", async () => {
    const link = await server.newSignInLink();
    const first = await fetch(link, { redirect: "manual" });
    expect([first.status, first.headers.get("location")]).toEqual([303, "/"]);
    expect(cookieOf(first)).toContain("session_token=");
    const second = await fetch(link, { redirect: "manual" });
    expect([second.status, second.headers.getSetCookie()]).toEqual([410, []]);
    expect(await second.text()).toContain("start it again, it prints a new link");
  });
});

describe("requests", () => {
  it.each([
    ["a missing field", "parsePreview", {}, 400, "VALIDATION_FAILED"],
    ["a wrong type", "parsePreview", { raw_text: 1 }, 400, "VALIDATION_FAILED"],
    ["nothing actionable", "parsePreview", { raw_text: "" }, 422, "PARSE_FAILED"],
    [
      "a rich source type that is not enabled",
      "parsePreview",
      { raw_text: "1. `df -h`", source_type: "confluence" },
      403,
      "FEATURE_DISABLED",
    ],
  ] as const)("with %s are refused", async (_title, name, body, status, code) => {
    const response = await request(name, {}, body);
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
  });

  it("that are too large are 413, that are no JSON 400", async () => {
    const send = (body: string) => fetch(pathOf("parsePreview"), { method: "POST", headers: { "content-type": "application/json" }, body });
    const large = await send(JSON.stringify({ raw_text: "x".repeat(6 * 1024 * 1024) }));
    expect([large.status, await codeOf(large)]).toEqual([413, "INPUT_TOO_LARGE"]);
    const broken = await send("{");
    expect([broken.status, await codeOf(broken)]).toEqual([400, "VALIDATION_FAILED"]);
  });

  it("with an id of the wrong form find nothing", async () => {
    const response = await fetch(`${server.url}/v1/run/runbooks/not-a-uuid`, { headers: admin.headers });
    expect([response.status, await codeOf(response)]).toEqual([404, "NOT_FOUND"]);
  });
});

describe("headers", () => {
  it("let no foreign script, frame or style in", async () => {
    const { headers } = await fetch(`${server.url}/healthz`);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy.split(";").toSorted()).toEqual(
      [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "manifest-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
      ].toSorted(),
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("strict-transport-security")).toBeNull();
  });
});

describe("log", () => {
  it("holds neither bodies, commands, tokens nor keys", async () => {
    const link = await server.newSignInLink();
    await fetch(link, { redirect: "manual" });
    await request("parsePreview", {}, { raw_text: "1. `echo sesame-open`" });
    await request("classify", admin.headers, { command: "echo sesame-open" });
    const text = server.log.join("");
    expect(text).toContain("/sign-in/:token");
    for (const secret of [
      "sesame-open",
      link.split("/").at(-1) ?? "",
      key.headers["authorization"]?.slice(7) ?? "",
      admin.headers["cookie"] ?? "",
    ])
      expect(text).not.toContain(secret);
  });
});

describe("web pages", () => {
  it("answer every page address with the app, and no API address", async () => {
    const web = await startTestServer({ webFolder: webFolder(server.folder) });
    try {
      const page = await fetch(`${web.url}/runbooks/${id}`);
      expect([page.status, await page.text(), page.headers.get("cache-control")]).toEqual([200, "<p>app</p>", "no-cache"]);
      const asset = await fetch(`${web.url}/assets/main-1a2b.js`);
      expect([asset.status, asset.headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
      expect((await fetch(`${web.url}/assets/gone.js`)).status).toBe(404);
      expect((await fetch(`${web.url}/v1/run`)).status).toBe(404);
      expect((await fetch(`${web.url}/../../etc/passwd`)).status).toBe(200);
      expect((await fetch(`${web.url}/%2e%2e/%2e%2e/etc/passwd.txt`)).status).toBe(404);
    } finally {
      await web.stop();
    }
  });
});

function webFolder(parent: string): string {
  const folder = join(parent, "web");
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, "index.html"), "<p>app</p>");
  writeFileSync(join(folder, "assets", "main-1a2b.js"), "");
  return folder;
}
