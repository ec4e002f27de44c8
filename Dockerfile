# syntax=docker/dockerfile:1
# The cluster flavour of the plant. Two programs, one image each:
#   docker build --target silo .        a node without pages
#   docker build --target dashboard .   API, hub and pages, as a client of the silos or as a silo itself
# VERSION names the images and the programs; the tags are floating so that a rebuild takes in the month's security fixes.
# .NET comes from the distribution. Images that bring it already, named by --build-arg, are used as they are (based on Alpine too).
ARG BUILD_IMAGE=alpine:3
ARG RUN_IMAGE=alpine:3

FROM ${BUILD_IMAGE} AS build
RUN command -v dotnet || apk add --no-cache dotnet10-sdk
WORKDIR /src
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# What decides about packages comes first: a change of source alone does not restore again.
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props BannedSymbols*.txt ./
COPY Domain/Domain.csproj Domain/
COPY Grains.Interfaces/Grains.Interfaces.csproj Grains.Interfaces/
COPY Grains/Grains.csproj Grains/
COPY Storage/Storage.csproj Storage/
COPY Silo/Silo.csproj Silo/
COPY Silo/Runtimes/Orleans/Packages.proj Silo/Runtimes/Orleans/
COPY Dashboard/Dashboard.csproj Dashboard/
ARG FLAVOUR="-p:ActorRuntime=Orleans -p:OrleansDashboard=true -p:BlazorScript=Sdk"
RUN dotnet restore Silo ${FLAVOUR} && dotnet restore Dashboard ${FLAVOUR}

COPY . .
ARG VERSION=1.0.0
RUN dotnet publish Silo --no-restore -c Release ${FLAVOUR} -p:Version=${VERSION} -p:UseAppHost=false -o /out/silo \
 && dotnet publish Dashboard --no-restore -c Release ${FLAVOUR} -p:Version=${VERSION} -p:UseAppHost=false -o /out/dashboard

FROM ${RUN_IMAGE} AS run
ARG APP_UID=1654
# Spanish and English texts, sorting, and the plant's time zone.
RUN { command -v dotnet || apk add --no-cache aspnetcore10-runtime; } \
 && apk add --no-cache icu-libs icu-data-full tzdata \
 && mkdir /data && chown ${APP_UID}:${APP_UID} /data
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false \
    DOTNET_gcServer=1 \
    DOTNET_GCConserveMemory=5 \
    Plant__DataDirectory=/data \
    Urls=http://0.0.0.0:8080
WORKDIR /app
VOLUME /data
EXPOSE 8080
USER ${APP_UID}
# Ready: the database answers and has the schema of this build.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD wget -q -O /dev/null http://127.0.0.1:8080/health/ready || exit 1
STOPSIGNAL SIGTERM

FROM run AS silo
COPY --from=build /out/silo .
EXPOSE 11111 30000
ENTRYPOINT ["dotnet", "Manufactura.Silo.dll"]

FROM run AS dashboard
COPY --from=build /out/dashboard .
ENTRYPOINT ["dotnet", "Manufactura.Dashboard.dll"]
