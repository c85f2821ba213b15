// The OpenAPI 3.1 document from the route table: one operation per entry, shapes from the same zod schemas that check requests.
import {
  classification,
  errorBody,
  execution,
  executionSummary,
  modelReview,
  modelSettings,
  outputChunk,
  parsedRunbook,
  preview,
  type Route,
  routes,
  scannerResult,
  stepExecution,
} from "@dd0c/protocol/http";
import { z } from "zod";

const schemaOf = (schema: z.ZodType): unknown => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Record<string, unknown>;
  return rest;
};

/** Shapes that several answers share stand in the document once, under these names. */
const shared = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries({
  Classification: classification,
  Error: errorBody,
  Execution: execution,
  ExecutionSummary: executionSummary,
  ModelReview: modelReview,
  ModelSettings: modelSettings,
  OutputChunk: outputChunk,
  ParsedRunbook: parsedRunbook,
  Preview: preview,
  ScannerResult: scannerResult,
  StepExecution: stepExecution,
}))
  shared.add(schema as z.ZodType, { id });

const components = new Map<string, unknown>();

const linked = (schema: unknown): unknown => JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));

/** The shape of an answer; named shapes in it become references. */
function answerSchema(schema: z.ZodType): unknown {
  const made = z.toJSONSchema(schema, { io: "output", unrepresentable: "any", metadata: shared }) as Record<string, unknown>;
  const { $schema: _, $defs = {}, id, ...rest } = made;
  for (const [name, { id: __, ...shape }] of Object.entries($defs as Record<string, { id?: string }>)) components.set(name, linked(shape));
  if (typeof id !== "string") return linked(rest);
  components.set(id, linked(rest));
  return { $ref: `#/components/schemas/${id}` };
}

const parameters = (schema: z.ZodObject | undefined, place: "path" | "query"): readonly unknown[] =>
  Object.entries(schema?.shape ?? {}).map(([name, shape]) => ({
    name,
    in: place,
    required: place === "path" || !(shape as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(shape as z.ZodType),
  }));

const answer = (route: Route): unknown => {
  if (route.stream !== undefined) return { description: route.summary, content: { [route.stream]: { schema: { type: "string" } } } };
  if (route.response === undefined) return { description: route.summary };
  return { description: route.summary, content: { "application/json": { schema: answerSchema(route.response) } } };
};

const operation = (name: string, route: Route): unknown => ({
  operationId: name,
  summary: route.summary,
  description: `Access: ${route.access}${route.humanOnly === true ? "; people only, API keys get 403 HUMAN_REQUIRED" : ""}.`,
  security: route.access === "public" ? [] : [{ session: [] }, { apiKey: [] }],
  parameters: [...parameters(route.params, "path"), ...parameters(route.query, "query")],
  ...(route.body === undefined
    ? {}
    : { requestBody: { required: true, content: { "application/json": { schema: schemaOf(route.body) } } } }),
  responses: {
    [String(route.status)]: answer(route),
    default: {
      description: "Refused or failed; see docs/errors.md.",
      content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
    },
  },
});

export const renderOpenApi = (): string => {
  components.clear();
  answerSchema(errorBody);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const path = `/v1/run${route.path.replace(/:([a-z_]+)/g, "{$1}")}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  const document = {
    openapi: "3.1.0",
    info: { title: "dd0c/run", version: "1", license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    paths,
    components: {
      schemas: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: "session" }, apiKey: { type: "http", scheme: "bearer" } },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};
