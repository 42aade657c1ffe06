import manifest from "../package.json" with { type: "json" };

/** All packages and services of the repository are released together and have one version. */
export const version: string = manifest.version;
