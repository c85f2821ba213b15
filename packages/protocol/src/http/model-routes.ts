// Endpoints of the language model: what it adds to a preview, and what a tenant sees and chooses of it.
import * as m from "./model-review.ts";
import { route } from "./route.ts";

export const modelRoutes = {
  modelReview: route({
    method: "POST",
    path: "/runbooks/model-review",
    summary: "A language model's opinions and questions about a text, beside the preview",
    access: "author",
    humanOnly: true,
    body: m.modelReviewRequest,
    status: 200,
    response: m.modelReview,
    limit: "model",
  }),
  getModelSettings: route({
    method: "GET",
    path: "/settings/model",
    summary: "Which language model saw what, and what it cost",
    access: "viewer",
    status: 200,
    response: m.modelSettings,
    limit: "read",
  }),
  updateModelSettings: route({
    method: "PUT",
    path: "/settings/model",
    summary: "Switch the language model on or off, choose it, limit it",
    access: "admin",
    humanOnly: true,
    body: m.updateModelSettingsRequest,
    status: 200,
    response: m.modelSettings,
    limit: "write",
  }),
} as const;
