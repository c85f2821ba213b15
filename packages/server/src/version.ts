// The version of this release, from the package itself.
import manifest from "../package.json" with { type: "json" };

export const { version } = manifest;
