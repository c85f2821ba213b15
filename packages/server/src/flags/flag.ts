// One port for feature flags: OpenFeature over a local file in flagd format, evaluated in this process without a network call.
// A flag that is missing, broken or of the wrong type is off: doubt never switches a capability on.
import type { FlagdProvider } from "@openfeature/flagd-provider";
import type { Client } from "@openfeature/server-sdk";
import { packagePath } from "../package-root.ts";
import type flagFile from "./flags.json";

export type FlagName = keyof (typeof flagFile)["flags"];

/** Whether a flag is on; for a tenant where the file targets some of them. */
export type Flag = (name: FlagName, tenantId?: string) => Promise<boolean>;

export interface Flags {
  readonly flag: Flag;
  /** Stops watching the file. */
  readonly close: () => Promise<void>;
}

export const shippedFlagsFile = packagePath("src", "flags", "flags.json");

/** Reads `file` when the first flag is asked for; later changes of the file are noticed within seconds. */
export function createFlags(file: string): Flags {
  let opened: Promise<{ readonly client: Client; readonly provider: FlagdProvider }> | undefined;

  const open = async () => {
    const [{ OpenFeature }, { FlagdProvider: Provider }] = await Promise.all([
      import("@openfeature/server-sdk"),
      import("@openfeature/flagd-provider"),
    ]);
    const provider = new Provider({ resolverType: "in-process", offlineFlagSourcePath: file, cache: "disabled" });
    // A domain of its own: two servers in one process (tests) read two files.
    await OpenFeature.setProviderAndWait(file, provider);
    return { client: OpenFeature.getClient(file), provider };
  };

  return {
    flag: async (name, tenantId) => {
      opened ??= open();
      try {
        const { client } = await opened;
        return await client.getBooleanValue(name, false, tenantId === undefined ? {} : { targetingKey: tenantId });
      } catch {
        opened = undefined;
        return false;
      }
    },
    close: async () => {
      const { provider } = (await opened?.catch(() => undefined)) ?? {};
      await provider?.onClose?.();
    },
  };
}
