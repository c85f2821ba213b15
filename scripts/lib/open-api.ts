// The route table goes in, the OpenAPI 3.1 document comes out. Nothing is described that the table does not hold.
import { errorTable } from "@dd0c/core";
import * as http from "@dd0c/protocol/http";
import { type Route, routes } from "@dd0c/protocol/http";
import { z } from "zod";

type Json = Record<string, unknown>;

const componentNames: Readonly<Record<string, z.ZodType>> = {
  Risk: http.risk,
  Classification: http.classification,
  ScannerResult: http.scannerResult,
  ParsedRunbook: http.parsedRunbook,
  Preview: http.preview,
  StepExecution: http.stepExecution,
  Execution: http.execution,
  ExecutionSummary: http.executionSummary,
  OutputChunk: http.outputChunk,
  Error: http.errorBody,
};

const registry = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(componentNames)) registry.add(schema, { id });

const components: Record<string, Json> = {};

/** Says no more than the contract does: readers ignore unknown fields, formats need no pattern, whole numbers no machine bounds. */
const plain = ({ jsonSchema }: { jsonSchema: Json }): void => {
  if (jsonSchema["format"] !== undefined) delete jsonSchema["pattern"];
  if (jsonSchema["additionalProperties"] === false) delete jsonSchema["additionalProperties"];
  if (jsonSchema["minimum"] === Number.MIN_SAFE_INTEGER) delete jsonSchema["minimum"];
  if (jsonSchema["maximum"] === Number.MAX_SAFE_INTEGER) delete jsonSchema["maximum"];
};

/** A schema as JSON, with the named shapes moved to the components. `input`: what a client sends; `output`: what it receives. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $defs, $schema: _, ...body } = z.toJSONSchema(schema, { metadata: registry, io, override: plain as never }) as Json;
  for (const [id, definition] of Object.entries(($defs ?? {}) as Record<string, Json>)) components[id] = withReferences(definition);
  const { id, ...named } = body;
  if (typeof id !== "string") return withReferences(body);
  components[id] = withReferences(named);
  return { $ref: `#/components/schemas/${id}` };
}

const withReferences = (json: Json): Json =>
  JSON.parse(
    JSON.stringify(json, (key, value: unknown) => (key === "id" && json[key] === value ? undefined : value)).replaceAll(
      '"#/$defs/',
      '"#/components/schemas/',
    ),
  ) as Json;

const parametersOf = (where: "path" | "query", schema: z.ZodObject | undefined): Json[] => {
  if (schema === undefined) return [];
  const { properties, required } = z.toJSONSchema(schema, { io: "input", override: plain as never }) as {
    properties: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: where,
    required: where === "path" || (required?.includes(name) ?? false),
    schema: one,
  }));
};

const successOf = (route: Route): Json => {
  if (route.stream !== undefined) return { description: route.summary, content: { [route.stream]: { schema: { type: "string" } } } };
  if (route.response === undefined) return { description: route.summary };
  return { description: route.summary, content: { "application/json": { schema: schemaOf(route.response, "output") } } };
};

const idempotencyKey: Json = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "A repetition with the same key and body gets the first answer again.",
  schema: { type: "string", maxLength: 200 },
};

const operationOf = (name: string, route: Route): Json => ({
  operationId: name,
  summary: route.summary,
  description: `Needs: ${route.access}.${route.humanOnly === true ? " A signed-in person only; an API key gets 403 HUMAN_REQUIRED." : ""}`,
  security: route.access === "public" ? [] : route.humanOnly === true ? [{ session: [] }] : [{ session: [] }, { apiKey: [] }],
  parameters: [
    ...parametersOf("path", route.params),
    ...parametersOf("query", route.query),
    ...(route.method === "POST" ? [idempotencyKey] : []),
  ],
  ...(route.body === undefined
    ? {}
    : { requestBody: { required: true, content: { "application/json": { schema: schemaOf(route.body, "input") } } } }),
  responses: {
    [String(route.status)]: successOf(route),
    default: { description: "Refusal or failure", content: { "application/json": { schema: schemaOf(http.errorBody, "output") } } },
  },
});

/** The whole document as the text of packages/protocol/openapi.json. */
export function renderOpenApi(): string {
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const path = route.path.replaceAll(/:([a-z_]+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(name, route) };
  }
  const document = {
    openapi: "3.1.0",
    info: { title: "dd0c/run", version: "0.1.0", license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: "/v1/run" }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "session", description: "Set by a sign-in link." },
        apiKey: { type: "http", scheme: "bearer" },
      },
    },
    "x-error-codes": Object.fromEntries(Object.entries(errorTable).map(([code, entry]) => [code, entry.httpStatus])),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
