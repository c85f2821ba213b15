// A route that other systems call goes in; it is mounted so that whatever body they send is taken. JSON is read where it is some.
// A red button must not fail because of a content type: what counts is the address and the secret.
import type { Route, RouteName } from "@dd0c/protocol/http";
import type { Handler } from "./call.ts";
import { type MountContext, mountRoute } from "./mount-route.ts";

const looseJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

export async function mountWebhook<N extends RouteName>(context: MountContext, name: N, route: Route, handler: Handler<N>): Promise<void> {
  await context.app.register(async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, looseJson(String(body))));
    mountRoute({ ...context, app }, name, route, handler);
  });
}
