// The server as a library, for tests that run it inside their own process.
export { type Config, readConfig } from "./config.ts";
export { type DatabaseConfig, type OpenDatabase, openDatabase } from "./db/index.ts";
export { type RunningServer, wire, type WireOptions } from "./wire.ts";
