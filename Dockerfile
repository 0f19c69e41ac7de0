# syntax=docker/dockerfile:1
#
# Two images: `silo`, a member of a cluster (Guard.Silo), and `service`, Guard on one machine (`guard serve`).
# docker-bake.hcl builds both for amd64 and arm64, with labels, provenance and a bill of materials: docker buildx bake -f helm/docker-bake.hcl
# To pin the base images, give their digests: --build-arg SDK=mcr.microsoft.com/dotnet/sdk@sha256:…

ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0-noble
ARG RUNTIME=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled

# Runs on the builder's own architecture and compiles for the image's.
FROM --platform=$BUILDPLATFORM ${SDK} AS sources
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig LICENSE ./
COPY src/ src/
# The runtime's image has no shell to make folders with.
RUN mkdir /data

FROM sources AS silo-build
ARG TARGETARCH
ARG REVISION=
RUN --mount=type=cache,target=/root/.nuget/packages,sharing=locked \
    dotnet publish src/Guard.Silo -a $TARGETARCH -p:GuardImage=true -p:SourceRevisionId=$REVISION -o /app

FROM sources AS service-build
ARG TARGETARCH
ARG REVISION=
RUN --mount=type=cache,target=/root/.nuget/packages,sharing=locked \
    dotnet publish src/Guard.Cli -a $TARGETARCH -p:GuardImage=true -p:SourceRevisionId=$REVISION -o /app

# No shell, no package manager, no root. The diagnostics port would want a writable /tmp; with the root file system
# read-only there is none, so it is off. Health is asked over HTTP: /health/live and /health/ready.
FROM ${RUNTIME} AS runtime
ARG RUNTIME
ARG VERSION=0.0.0
ARG REVISION=
ARG CREATED=
ENV DOTNET_EnableDiagnostics=0
LABEL org.opencontainers.image.vendor="The Guard authors" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.base.name="${RUNTIME}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
WORKDIR /app
USER $APP_UID
COPY --from=sources /source/LICENSE /licenses/LICENSE

FROM runtime AS service
LABEL org.opencontainers.image.title="Guard" \
      org.opencontainers.image.description="Decides click by click whether a human or a robot clicked an ad, on one machine"
COPY --from=sources --chown=$APP_UID:$APP_UID /data /data
COPY --from=service-build /app ./
VOLUME /data
EXPOSE 5080
ENTRYPOINT ["./guard"]
# Beyond loopback Guard wants a key: docker run --rm -v guard:/data guard key create --data /data --scopes send,read --name me
CMD ["serve", "--data", "/data", "--url", "http://0.0.0.0:5080"]

FROM runtime AS silo
LABEL org.opencontainers.image.title="Guard silo" \
      org.opencontainers.image.description="Decides click by click whether a human or a robot clicked an ad, as a member of an Orleans cluster"
COPY --from=silo-build /app ./
EXPOSE 8080 11111 30000
ENTRYPOINT ["./Guard.Silo"]
