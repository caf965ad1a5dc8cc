# syntax=docker/dockerfile:1
# Both bases can be replaced: --build-arg BUILD_IMAGE=… --build-arg RUN_IMAGE=…
ARG BUILD_IMAGE=eclipse-temurin:25-jdk
ARG RUN_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY . .
RUN ./mvnw --batch-mode --no-transfer-progress package -DskipUTs

FROM ${RUN_IMAGE}
LABEL org.opencontainers.image.title="irsa-operator" \
      org.opencontainers.image.description="Gives Kubernetes ServiceAccounts their AWS IAM roles" \
      org.opencontainers.image.licenses="Apache-2.0"
# The libraries change less often than the program: a layer of their own.
COPY --from=build /build/target/lib /app/lib
COPY --from=build /build/target/irsa-operator.jar /build/target/irsa-operator.options /app/
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["java", "@/app/irsa-operator.options", "-jar", "/app/irsa-operator.jar"]
CMD ["run"]
