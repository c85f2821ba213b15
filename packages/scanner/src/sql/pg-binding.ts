// The compiled module of libpg-query -> PgParser: pointers in, trees out. Written against version 18.1.5, pinned exactly.
// Does not load anything; frees what it allocates, also when the text does not parse.
import { type PgParser, PgSyntaxError } from "./pg-parser.ts";

/** The functions of the compiled module that are used here. */
export interface PgModule {
  readonly lengthBytesUTF8: (text: string) => number;
  readonly stringToUTF8: (text: string, pointer: number, bytes: number) => void;
  readonly UTF8ToString: (pointer: number) => string;
  readonly getValue: (pointer: number, type: "i32") => number;
  readonly _malloc: (bytes: number) => number;
  readonly _free: (pointer: number) => void;
  readonly _wasm_parse_query_raw: (query: number) => number;
  readonly _wasm_free_parse_result: (result: number) => void;
  readonly _wasm_fingerprint: (query: number) => number;
  readonly _wasm_free_string: (text: number) => void;
}

export function bindPgParser(module: PgModule): PgParser {
  return { parse: (sql) => parse(module, sql), fingerprint: (sql) => fingerprint(module, sql) };
}

function withText<T>(module: PgModule, text: string, use: (pointer: number) => T): T {
  const bytes = module.lengthBytesUTF8(text) + 1;
  const pointer = module._malloc(bytes);
  try {
    module.stringToUTF8(text, pointer, bytes);
    return use(pointer);
  } finally {
    module._free(pointer);
  }
}

function parse(module: PgModule, sql: string): unknown {
  return withText(module, sql, (query) => {
    const result = module._wasm_parse_query_raw(query);
    if (result === 0) throw new PgSyntaxError("the parser is out of memory", 0);
    try {
      return readResult(module, result);
    } finally {
      module._wasm_free_parse_result(result);
    }
  });
}

/** struct PgQueryParseResult { char *tree; char *stderr; PgQueryError *error; } */
function readResult(module: PgModule, result: number): unknown {
  const error = module.getValue(result + 8, "i32");
  if (error !== 0) {
    const position = module.getValue(error + 16, "i32");
    throw new PgSyntaxError(module.UTF8ToString(module.getValue(error, "i32")), Math.max(position - 1, 0));
  }
  const tree = module.getValue(result, "i32");
  if (tree === 0) throw new PgSyntaxError("no parse tree", 0);
  return JSON.parse(module.UTF8ToString(tree));
}

function fingerprint(module: PgModule, sql: string): string {
  return withText(module, sql, (query) => {
    const result = module._wasm_fingerprint(query);
    if (result === 0) throw new PgSyntaxError("the parser is out of memory", 0);
    try {
      const text = module.UTF8ToString(result);
      if (!/^[0-9a-f]{16}$/.test(text)) throw new PgSyntaxError("no fingerprint", 0);
      return text;
    } finally {
      module._wasm_free_string(result);
    }
  });
}
