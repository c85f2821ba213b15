// Opens the port of the page and the API. A port that cannot be had is a configuration error that names the variable.
import { AppError } from "@dd0c/core";
import type { FastifyInstance } from "fastify";
import type { Config } from "../config.ts";

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: "is in use by another program",
  EACCES: "may not be opened by this user",
  EADDRNOTAVAIL: "cannot be opened: this machine does not have the address in HOST",
};

/** Returns the port that is listened on. Errors: CONFIG_INVALID. */
export async function listen(http: FastifyInstance, { host, port }: Config): Promise<number> {
  try {
    await http.listen({ host, port });
  } catch (error) {
    const why = error instanceof Error && "code" in error ? reasons[String(error.code)] : undefined;
    if (why === undefined) throw error;
    throw new AppError("CONFIG_INVALID", `PORT ${port} ${why}.`, { problems: [`PORT ${why}`] });
  }
  const address = http.server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}
