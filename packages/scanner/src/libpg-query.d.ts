// libpg-query declares no types for its compiled module, which load.ts takes directly to be able to pass the bytes in.
declare module "libpg-query/wasm/libpg-query.js";
