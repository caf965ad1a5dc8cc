# syntax=docker/dockerfile:1
# docs/image.md describes the image. Both base images can be replaced. The second one needs only glibc.
ARG BUILD_IMAGE=eclipse-temurin:25-jdk
ARG RUN_IMAGE=gcr.io/distroless/base-nossl-debian12

FROM ${BUILD_IMAGE} AS build
RUN jlink --no-header-files --no-man-pages --output /opt/java \
      --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.security.sasl,java.xml,jdk.httpserver,jdk.management
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw --batch-mode --no-transfer-progress -Dspotless.check.skip -Dmaven.test.skip \
      package dependency:copy-dependencies -DincludeScope=test -DoutputDirectory=target/training/lib
# Compile only the test classes that the training needs.
RUN javac -proc:none -parameters -d target/training/classes -cp "target/classes:target/training/lib/*" \
      -sourcepath src/fixtures/java src/fixtures/java/dev/irsa/fixtures/training/AotTraining.java
# The JVM uses the cache only if the size and time of the files match the training, so the time is fixed. The JVM compiles
# at the start what it compiled in the training, so the training must not compile what was called only a few times.
ARG SOURCE_DATE_EPOCH=0
RUN mkdir /app && cp -r target/lib target/irsa-operator.jar target/irsa-operator.options /app/ && \
    find /app /opt/java -exec touch --no-dereference --date=@${SOURCE_DATE_EPOCH} {} + && \
    java --sun-misc-unsafe-memory-access=allow -cp "target/training/classes:target/classes:target/training/lib/*" \
      dev.irsa.fixtures.training.AotTraining \
      /opt/java/bin/java @/app/irsa-operator.options -XX:CompileThresholdScaling=1 -XX:AOTCacheOutput=/app/irsa-operator.aot -jar /app/irsa-operator.jar

FROM ${RUN_IMAGE}
# Layers that rarely change come first.
COPY --from=build /opt/java /opt/java
COPY --from=build /app/lib /app/lib
COPY --from=build /app/irsa-operator.jar /app/irsa-operator.options /app/irsa-operator.aot /app/
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/opt/java/bin/java", "@/app/irsa-operator.options", "-XX:AOTCache=/app/irsa-operator.aot", "-jar", "/app/irsa-operator.jar"]
CMD ["run"]
ARG VERSION=unknown
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="irsa-operator" \
      org.opencontainers.image.description="Gives Kubernetes ServiceAccounts their AWS IAM roles" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}"
