/** Tests, and what only tests use: such code lies in a folder `testing`. */
const testCode = ["\\.test\\.ts$", "/src/testing/"];
const pure = "^packages/(contracts|sdwan|notes|clock)/";

/**
 * The layers of the code, as rules: what may import what. `npm test` and `npm run check` enforce them.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */
export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Files that import each other cannot be understood, tested or changed one at a time.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "packages-without-services",
      comment: "Dependencies point one way: services use packages.",
      severity: "error",
      from: { path: "^packages/" },
      to: { path: "^services/" },
    },
    {
      name: "services-apart",
      comment: "Services talk over NATS; what two of them share belongs into a package.",
      severity: "error",
      from: { path: "^services/([^/]+)/" },
      to: { path: "^services/", pathNot: "^services/$1/" },
    },
    {
      name: "code-without-scripts",
      comment: "Scripts and whole-system tests use the code, not the other way round.",
      severity: "error",
      from: { path: "^(packages|services)/" },
      to: { path: "^(scripts|tests)/" },
    },
    {
      name: "one-door",
      comment: "A package is used through what its src/index.ts exports, by its name.",
      severity: "error",
      from: { path: "^((?:packages|services)/[^/]+|scripts|tests)/" },
      to: { path: "^packages/", pathNot: ["^$1/", "^packages/[^/]+/src/index\\.ts$"] },
    },
    {
      name: "services-by-definition",
      comment: "From outside, a service is its definition.",
      severity: "error",
      from: { path: "^(scripts|tests)/" },
      to: { path: "^services/", pathNot: "^services/[^/]+/src/service\\.ts$" },
    },
    {
      name: "pure-without-io-modules",
      comment: "Contracts, domain rules, notes and the clock decide; they neither read nor write anything.",
      severity: "error",
      from: { path: pure, pathNot: testCode },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(assert|buffer|crypto|util)(/|$)" },
    },
    {
      name: "pure-without-io-libraries",
      comment: "The only library that contracts, domain rules, notes and the clock need is the one for schemas.",
      severity: "error",
      from: { path: pure, pathNot: testCode },
      to: { path: "node_modules/", pathNot: "node_modules/zod/" },
    },
    {
      name: "pure-on-pure",
      comment: "A pure package that imports one with I/O is not pure any more.",
      severity: "error",
      from: { path: pure, pathNot: testCode },
      to: { path: "^packages/", pathNot: pure },
    },
    {
      name: "nats-behind-bus",
      comment:
        "The NATS client can be replaced in one folder. Benchmarks, whole-system tests and the soak look with it, and " +
        "conformance is shown with nothing of ours between it and the bridge.",
      severity: "error",
      from: { path: "^(packages|services|scripts)/", pathNot: "^(packages/(bus|bench|conformance)|scripts/soak)/" },
      to: { path: "node_modules/(nats|@nats-io/[^/]+)/" },
    },
    {
      name: "axios-behind-http",
      comment: "Third parties are called with the limits, sessions and redaction of one package.",
      severity: "error",
      from: { path: "^(packages|services|scripts|tests)/", pathNot: "^packages/http/" },
      to: { path: "node_modules/axios/" },
    },
    {
      name: "grpc-behind-grpc",
      comment: "gRPC clients have the limits of one package; only what plays a third party is a server.",
      severity: "error",
      from: { path: "^(packages|services|scripts|tests)/", pathNot: "^packages/(grpc|sandbox|conformance)/" },
      to: { path: "node_modules/@grpc/" },
    },
    {
      name: "production-without-test-tools",
      comment: "What runs in production works without sandbox, test kit and brokers of our own.",
      severity: "error",
      from: {
        path: "^(packages|services)/",
        pathNot: ["^packages/(sandbox|testkit|brokers|bench|conformance|panels|scenarios)/", ...testCode],
      },
      to: { path: "^packages/(sandbox|testkit|brokers|conformance|panels|scenarios)/" },
    },
    {
      name: "code-without-tests",
      comment: "A test may go without its code noticing.",
      severity: "error",
      from: { pathNot: testCode },
      to: { path: testCode },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere fails when it is run.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: "tsc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["^packages/sandbox/src/console/public/", "^packages/panels/src/page/", "/coverage/"] },
    moduleSystems: ["es6"],
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "node", "default"],
      extensions: [".ts", ".mjs", ".js", ".json", ".d.ts"],
    },
  },
};
