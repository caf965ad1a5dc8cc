# docs/image.md describes the image. Both base images can be replaced. The second one needs only glibc. A release replaces their
# tags with digests: make release-inputs.
ARG BUILD_IMAGE=docker.io/library/eclipse-temurin:25-jdk
ARG RUN_IMAGE=gcr.io/distroless/base-nossl-debian12

FROM ${BUILD_IMAGE} AS build
RUN jlink --no-header-files --no-man-pages --output /opt/jre \
      --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.security.sasl,java.xml,jdk.httpserver,jdk.management
WORKDIR /build
COPY . .
ARG VERSION
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw --batch-mode --no-transfer-progress -Dspotless.check.skip -Dmaven.test.skip ${VERSION:+"-Drevision=$VERSION"} \
      package dependency:copy-dependencies -DincludeScope=test -DoutputDirectory=target/training/lib
# Compile only the test classes that build-app needs.
RUN cd src/fixtures/java/dev/irsa/fixtures/training && \
    javac -proc:none -parameters -d /build/target/training/classes -cp "/build/target/classes:/build/target/training/lib/*" \
      -sourcepath /build/src/fixtures/java AotTraining.java OldClassFiles.java
ARG SOURCE_DATE_EPOCH=0
# The times of the runtime's files must match the training.
RUN find /opt/jre -exec touch --no-dereference --date=@${SOURCE_DATE_EPOCH} {} + && \
    src/main/scripts/build-app /app /opt/jre/bin/java "target/training/classes:target/classes:target/training/lib/*"

FROM ${RUN_IMAGE}
# Layers that rarely change come first.
COPY --from=build /opt/jre /opt/jre
COPY --from=build /app/lib /app/lib
COPY --from=build /app/irsa-operator.jar /app/irsa-operator.options /app/irsa-operator.aot /app/
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/opt/jre/bin/java", "@/app/irsa-operator.options", "-XX:AOTCache=/app/irsa-operator.aot", "-jar", "/app/irsa-operator.jar"]
CMD ["run"]
ARG VERSION=unknown
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=unknown
ARG BUILD_IMAGE
ARG RUN_IMAGE
LABEL org.opencontainers.image.title="irsa-operator" \
      org.opencontainers.image.description="Gives Kubernetes ServiceAccounts their AWS IAM roles" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.base.name="${RUN_IMAGE}" \
      dev.irsa.image.build="${BUILD_IMAGE}"
