// Loads PostgreSQL's parser (WebAssembly) into the scanner: the only asynchronous file here, and the only one that is not pure.
// Call it before scanning text for which needsSql() is true; without it SQL is unknown (SCANNER_NOT_READY).
import { bindPgParser, type PgModule } from "./sql/pg-binding.ts";
import { installPgParser, pgParser } from "./sql/pg-parser.ts";

// The parts of the WebAssembly interface used here; pure packages compile without the DOM's types.
declare const WebAssembly: {
  readonly instantiate: (bytes: Uint8Array, imports: unknown) => Promise<{ readonly instance: unknown; readonly module: unknown }>;
};

interface ModuleArguments {
  readonly instantiateWasm?: (imports: unknown, done: (instance: unknown, module: unknown) => void) => void;
}

type ModuleFactory = (args?: ModuleArguments) => Promise<PgModule>;

let loading: Promise<void> | undefined;

/**
 * Loads the SQL parser once; later calls return the same promise.
 * @param wasm the bytes of libpg-query.wasm when they do not lie beside the library (single-file builds); left out, the library finds its file.
 * @throws when the bytes are no such module; a later call tries again.
 */
export function loadSql(wasm?: Uint8Array): Promise<void> {
  loading ??= load(wasm).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Whether SQL can be judged now. */
export function isSqlLoaded(): boolean {
  return pgParser() !== undefined;
}

async function load(wasm: Uint8Array | undefined): Promise<void> {
  const imported = (await import("libpg-query/wasm/libpg-query.js")) as { readonly default: ModuleFactory };
  const module = await (wasm === undefined ? imported.default() : fromBytes(imported.default, wasm));
  installPgParser(bindPgParser(module));
}

function fromBytes(factory: ModuleFactory, wasm: Uint8Array): Promise<PgModule> {
  return new Promise((resolve, reject) => {
    const instantiateWasm = (imports: unknown, done: (instance: unknown, module: unknown) => void): void => {
      WebAssembly.instantiate(wasm, imports).then((result) => done(result.instance, result.module), reject);
    };
    factory({ instantiateWasm }).then(resolve, reject);
  });
}
