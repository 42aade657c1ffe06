# One image for all services: the last argument says which one runs.
#
#     docker build -t trunkline .                        every service
#     docker build -t trunkline-sandbox --target sandbox .   stand-ins of the third parties, and the storyline
#     docker run trunkline bruin-bridge
#
# Node runs the TypeScript sources as they are, so nothing is compiled; a build only selects sources and dependencies.
ARG NODE_IMAGE=node:24-bookworm-slim

# What decides which dependencies are installed, and nothing else: a change of the code installs nothing anew.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages packages
COPY services services
RUN find packages services -type f ! -name package.json -delete && find packages services -type d -empty -delete

FROM ${NODE_IMAGE} AS pnpm
WORKDIR /app
COPY --from=manifests /app/package.json ./
RUN npm install --global --no-fund --no-audit "$(node --print 'require("./package.json").packageManager')"
COPY --from=manifests /app ./

# The services and the packages that they need, with their production dependencies.
FROM pnpm AS engine-files
RUN --mount=type=cache,id=pnpm-store,target=/pnpm-store \
  pnpm install --prod --frozen-lockfile --store-dir /pnpm-store --package-import-method copy --filter-prod "{./services/*}..."
COPY packages packages
COPY services services
RUN pnpm --filter-prod "{./services/*}..." list --depth -1 --parseable > /needed \
  && for folder in packages/*; do grep --quiet --line-regexp "/app/$folder" /needed || rm -r "$folder"; done \
  && rm package.json pnpm-lock.yaml pnpm-workspace.yaml
# What a running program never reads; licences stay.
RUN find node_modules -type f ! -iname "licen[cs]e*" \
  \( -name "*.map" -o -name "*.md" -o -name "*.d.ts" -o -name "*.d.mts" -o -name "*.d.cts" \) -delete
COPY scripts/container scripts/container

# The same for the sandbox.
FROM pnpm AS sandbox-files
RUN --mount=type=cache,id=pnpm-store,target=/pnpm-store \
  pnpm install --prod --frozen-lockfile --store-dir /pnpm-store --package-import-method copy --filter-prod "@trunkline/sandbox..."
COPY packages packages
RUN pnpm --filter-prod "@trunkline/sandbox..." list --depth -1 --parseable > /needed \
  && for folder in packages/*; do grep --quiet --line-regexp "/app/$folder" /needed || rm -r "$folder"; done \
  && rm -r services package.json pnpm-lock.yaml pnpm-workspace.yaml
COPY scripts/demo scripts/demo
COPY scripts/storyline.ts scripts/

FROM ${NODE_IMAGE} AS runtime
ENV NODE_ENV=production
WORKDIR /app
# Authorities of third parties behind a private one are mounted here; the sandbox puts its own here.
RUN mkdir /authorities && chown 1000:1000 /authorities
# By number, so that Kubernetes can see that it is not root. It may write nowhere: the root can be mounted read-only.
USER 1000:1000

FROM runtime AS sandbox
COPY --from=sandbox-files /app ./
ENV SANDBOX_HOSTNAME=0.0.0.0
EXPOSE 8080 8443 8444 8587 8993 8222
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:8080/api/about').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node"]
CMD ["packages/sandbox/src/main.ts"]

FROM runtime AS engine
COPY --from=engine-files /app ./
EXPOSE 5000 9090
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.HEALTH_PORT || 5000}/_health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "scripts/container/run-service.ts"]
