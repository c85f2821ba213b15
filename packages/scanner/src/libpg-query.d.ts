// libpg-query declares no types for its compiled module, which load.ts takes directly to be able to pass the bytes in.
declare module "libpg-query/wasm/libpg-query.js" {
  const factory: (args?: {
    instantiateWasm?: (imports: unknown, done: (instance: unknown, module: unknown) => void) => void;
  }) => Promise<import("./sql/pg-binding.ts").PgModule>;
  export default factory;
}
