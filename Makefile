# `make` without a target lists the targets.
.DEFAULT_GOAL := help
.PHONY: help gate build style test simulate integration aws-conformance soak soak-hour bench profile change-bench import-bench access-bench account-bench many-accounts-bench shared-account-bench issuer-bench upgrade-bench image image-bench demo run plugin plugin-bench release-packages release-inputs release-parts release assemble publish publish-rebuild github-release licenses vulnerabilities site mutation crds manifests reference templates iam pictures lint-prose format clean

# A JDK 25 or newer: JAVA_HOME if it qualifies, else one in the usual locations.
JDK := $(shell ./src/main/scripts/find-jdk)
# The version of what is built. VERSION=1.2.3 or a tag, VERSION=v1.2.3, on the command line replaces it.
VERSION = $(shell sed -n 's|^    <revision>\(.*\)</revision>$$|\1|p' pom.xml)
override VERSION := $(VERSION:v%=%)
# The shell gets these from its environment: it would run what a tag contains in backquotes.
export VERSION REGISTRY DOWNLOADS SOURCE
MVN = $(if $(JDK),JAVA_HOME="$(JDK)" ./mvnw --batch-mode --no-transfer-progress -Drevision="$$VERSION",$(error No JDK 25 or newer was found in JAVA_HOME or the usual locations; install one from https://adoptium.net or set JAVA_HOME))

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

gate: ## Run everything that a change must pass; installs missing packages, as root
	bash .ci/run

build: ## Build target/irsa-operator.jar and the libraries beside it
	$(MVN) package -DskipUTs

style: ## Check the style of the code
	$(MVN) spotless:check

test: ## Check the style and run the tests that need only a JDK
	$(MVN) test

integration: ## Run the operator against a real control plane, moto, and ministack (prerequisites: CONTRIBUTING.md); another version: KUBERNETES=1.33.13
	./src/integration-test/scripts/install-test-machine >/dev/null
	$(MVN) -Dspotless.check.skip verify -DskipUTs

aws-conformance: ## Compare IAM in your account with what the operator assumes: make aws-conformance ACCOUNT=123456789012
	$(if $(ACCOUNT),,$(error ACCOUNT is required, the id of your account: make aws-conformance ACCOUNT=123456789012))
	@$(MVN) --quiet -Dspotless.check.skip test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/conformance.classpath
	@"$(JDK)/bin/java" -cp "target/test-classes:target/classes:$$(cat target/conformance.classpath)" dev.irsa.fixtures.conformance.AwsConformance --account=$(ACCOUNT) $(if $(REGION),--region=$(REGION)) $(ARGS)

# The oldest supported minor version, as in the chart.
OLDEST_KUBERNETES := 1.33.13

soak: ## Run the long outage tests, all integration tests on the oldest supported Kubernetes, then soak-hour
	./src/integration-test/scripts/install-test-machine >/dev/null
	$(MVN) verify -DskipUTs -Dit.groups=soak -Dit.excludedGroups=
	$(MAKE) integration KUBERNETES=$(OLDEST_KUBERNETES)
	$(MAKE) soak-hour

soak-hour: ## Run the operator under faults and report in docs/reliability.md: make soak-hour MINUTES=60 RESOURCES=500
	./src/integration-test/scripts/install-test-machine >/dev/null
	$(MVN) --quiet -Dspotless.check.skip -DskipUTs package dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/soak.classpath
	"$(JDK)/bin/java" -XX:TieredStopAtLevel=1 -cp "target/test-classes:target/classes:$$(cat target/soak.classpath)" dev.irsa.performance.soak.Soak $(if $(MINUTES),--minutes=$(MINUTES)) $(if $(RESOURCES),--resources=$(RESOURCES))

simulate: ## Run simulation schedules starting at a seed: make simulate SEED=1 RUNS=100000 (and DEFECT=TRUSTS_SINGLE_404)
	$(if $(and $(SEED),$(RUNS)),,$(error SEED and RUNS are required: make simulate SEED=1 RUNS=100000))
	$(MVN) --quiet -Dspotless.check.skip test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/simulate.classpath
	"$(JDK)/bin/java" -XX:+UseSerialGC -cp "target/test-classes:target/classes:$$(cat target/simulate.classpath)" dev.irsa.fixtures.simulation.Simulate $(SEED) $(RUNS) $(DEFECT)

bench: ## Measure time, CPU, calls, and memory for docs/performance.md (an hour), or print ratios: make bench SIZES="200" BEFORE=../irsa-operator-before
	./src/integration-test/scripts/install-test-machine >/dev/null
	$(MVN) --quiet -Dspotless.check.skip -DskipUTs package dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath
	"$(JDK)/bin/java" -XX:TieredStopAtLevel=1 -cp "target/test-classes:target/classes:$$(cat target/bench.classpath)" dev.irsa.performance.bench.$(if $(SIZES),QuickBench "--sizes=$(SIZES)" --rounds=1 --foreign-roles=0 --foreign-accounts=0,Bench) $(if $(BEFORE),"--before=$(BEFORE)") $(ARGS)

profile: ## Profile CPU time and allocation by part and report in docs/performance.md: make profile SIZES="200"
	./src/integration-test/scripts/install-test-machine >/dev/null
	$(MVN) --quiet -Dspotless.check.skip -DskipUTs package dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath
	"$(JDK)/bin/java" -XX:TieredStopAtLevel=1 -cp "target/test-classes:target/classes:$$(cat target/bench.classpath)" dev.irsa.performance.bench.Profile "--sizes=$(or $(SIZES),200)" --foreign-roles=0 --foreign-accounts=0 $(ARGS)

change-bench: ## Measure edits, starts, and deletions of many resources and report in docs/performance.md: make change-bench SIZES="1000 5000"
	./src/integration-test/scripts/install-test-machine >/dev/null
	$(MVN) --quiet -Dspotless.check.skip -DskipUTs package dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath
	"$(JDK)/bin/java" -XX:TieredStopAtLevel=1 -cp "target/test-classes:target/classes:$$(cat target/bench.classpath)" dev.irsa.performance.bench.ChangeBench "--sizes=$(or $(SIZES),1000)" --latency-ms=150 --foreign-roles=0 --foreign-accounts=0 $(ARGS)

import-bench: ## Measure how roles move to the operator and report in docs/performance.md: make import-bench SIZES="500 2000"
	./src/integration-test/scripts/install-test-machine >/dev/null
	$(MVN) --quiet -Dspotless.check.skip -DskipUTs package dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath
	"$(JDK)/bin/java" -XX:TieredStopAtLevel=1 -cp "target/test-classes:target/classes:$$(cat target/bench.classpath)" dev.irsa.performance.bench.ImportBench "--sizes=$(or $(SIZES),500)" $(ARGS)

access-bench: ## Measure who-can, what-can, get, and report and report in docs/performance.md: make access-bench SIZES="50 500"
	./src/integration-test/scripts/install-test-machine >/dev/null
	$(MVN) --quiet -Dspotless.check.skip -DskipUTs package dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath
	"$(JDK)/bin/java" -XX:TieredStopAtLevel=1 -cp "target/test-classes:target/classes:$$(cat target/bench.classpath)" dev.irsa.performance.bench.AccessBench "--sizes=$(or $(SIZES),50 500)" $(ARGS)

account-bench: ## Measure what resources feel of another AWS account that fails and report in docs/performance-accounts.md: make account-bench SIZES="50"
	./src/integration-test/scripts/install-test-machine >/dev/null
	$(MVN) --quiet -Dspotless.check.skip -DskipUTs package dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath
	"$(JDK)/bin/java" -XX:TieredStopAtLevel=1 -cp "target/test-classes:target/classes:$$(cat target/bench.classpath)" dev.irsa.performance.bench.AccountBench "--sizes=$(or $(SIZES),50)" --rounds=20 --foreign-roles=0 --foreign-accounts=0 $(ARGS)

many-accounts-bench: ## Measure one operator with resources in 20 AWS accounts and report in docs/performance-accounts.md: make many-accounts-bench SIZES="2000"
	./src/integration-test/scripts/install-test-machine >/dev/null
	$(MVN) --quiet -Dspotless.check.skip -DskipUTs package dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath
	"$(JDK)/bin/java" -XX:TieredStopAtLevel=1 -cp "target/test-classes:target/classes:$$(cat target/bench.classpath)" dev.irsa.performance.bench.ManyAccountsBench "--sizes=$(or $(SIZES),2000)" --rest-seconds=600 --foreign-roles=0 --foreign-accounts=0 $(ARGS)

shared-account-bench: ## Measure the operators of several clusters in one AWS account and report in docs/performance-accounts.md: make shared-account-bench SIZES="100"
	./src/integration-test/scripts/install-test-machine >/dev/null
	$(MVN) --quiet -Dspotless.check.skip -DskipUTs package dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath
	"$(JDK)/bin/java" -XX:TieredStopAtLevel=1 -cp "target/test-classes:target/classes:$$(cat target/bench.classpath)" dev.irsa.performance.bench.SharedAccountBench "--sizes=$(or $(SIZES),100)" --latency-ms=0 --sweep-interval=15s --rest-seconds=180 --foreign-roles=0 --foreign-accounts=0 $(ARGS)

issuer-bench: ## Measure the publisher of the issuer and report in docs/issuer.md
	./src/integration-test/scripts/install-test-machine >/dev/null
	$(MVN) --quiet -Dspotless.check.skip -DskipUTs package dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath
	"$(JDK)/bin/java" -XX:TieredStopAtLevel=1 -cp "target/test-classes:target/classes:$$(cat target/bench.classpath)" dev.irsa.performance.bench.IssuerBench $(ARGS)

upgrade-bench: ## Upgrade and roll back with Helm under load and report in docs/reliability.md: make upgrade-bench BEFORE=../irsa-operator-before
	$(if $(BEFORE),,$(error BEFORE is required, a checkout in which make build has run: make upgrade-bench BEFORE=../irsa-operator-before))
	./src/integration-test/scripts/install-test-machine >/dev/null
	$(MVN) --quiet -Dspotless.check.skip -DskipUTs package dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath
	"$(JDK)/bin/java" -XX:TieredStopAtLevel=1 -cp "target/test-classes:target/classes:$$(cat target/bench.classpath)" dev.irsa.performance.upgrade.UpgradeBench "$(BEFORE)"

# The first of these that is installed. They accept the same arguments.
IMAGE_BUILDER ?= $(firstword $(foreach builder,docker podman buildah,$(shell command -v $(builder))))

image: ## Build the image: make image IMAGE=registry.example.com/irsa-operator:dev (with docker, podman or buildah)
	$(if $(IMAGE),,$(error IMAGE is required: make image IMAGE=registry.example.com/irsa-operator:dev))
	"$(or $(IMAGE_BUILDER),$(error Install docker, podman or buildah))" build --tag "$(IMAGE)" \
		--build-arg VERSION="$$VERSION" \
		--build-arg REVISION="$(shell git rev-parse HEAD)" \
		--build-arg CREATED="$(shell TZ=UTC git log -1 --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ)" \
		$(if $(SOURCE),--build-arg SOURCE="$$SOURCE") \
		$(if $(BUILD_IMAGE),--build-arg BUILD_IMAGE="$(BUILD_IMAGE)") \
		$(if $(RUN_IMAGE),--build-arg RUN_IMAGE="$(RUN_IMAGE)") $(ARGS) .

release-packages: ## Install the Debian package buildah, which make release-parts needs, if it is missing
	$(if $(filter-out Linux,$(shell uname -s))$(shell command -v buildah || command -v podman),,sudo apt-get update && sudo apt-get install --yes --no-install-recommends buildah)

release-inputs: ## Print what all parts of a release share: the commit, and the base images with their digests of today
	./src/main/scripts/release-inputs

# Read before the build, which takes minutes.
release-parts: COMMIT := $(shell git rev-parse HEAD 2>/dev/null)
release-parts: ## Build what a release needs from each architecture, in target/release-parts: make release-parts VERSION=1.2.3
	./src/main/scripts/check-release "$$VERSION"
	rm -rf target/release-parts
	mkdir -p target/release-parts
	$(MAKE) plugin
	cp target/plugin-archive/*.tar.gz target/release-parts/
	for archive in target/release-parts/*.tar.gz; do echo "$(COMMIT)" >"$$archive.commit"; done
	$(if $(filter Linux,$(shell uname -s)),./src/main/scripts/build-image-layout "$$VERSION" "$$SOURCE" $(ARGS))

release: ## Make all files of a release in target/release: make release VERSION=1.2.3 REGISTRY=registry.example.com/irsa DOWNLOADS=https://example.com/irsa/1.2.3
	$(if $(and $(REGISTRY),$(DOWNLOADS)),,$(error REGISTRY and DOWNLOADS are required: make release VERSION=1.2.3 REGISTRY=registry.example.com/irsa DOWNLOADS=https://example.com/irsa/1.2.3))
	$(MAKE) release-parts
	$(MAKE) assemble

assemble: ## Make the files of a release from target/release-parts, as make release does after it has built them
	$(if $(and $(REGISTRY),$(DOWNLOADS)),,$(error REGISTRY and DOWNLOADS are required, as for make release))
	$(MVN) --quiet org.cyclonedx:cyclonedx-maven-plugin:makeBom org.codehaus.mojo:license-maven-plugin:add-third-party
	./src/main/scripts/assemble-release "$$VERSION" "$$REGISTRY" "$$DOWNLOADS"

publish: ## Push target/release to its registry and sign it: make publish VERSION=1.2.3 REGISTRY=registry.example.com/irsa
	$(if $(REGISTRY),,$(error REGISTRY is required, the one of make release))
	./src/main/scripts/publish-release "$$VERSION" "$$REGISTRY"

publish-rebuild: ## Push the image of target/release under a tag with the time, and sign it: make publish-rebuild VERSION=1.2.3 REGISTRY=registry.example.com/irsa
	$(if $(REGISTRY),,$(error REGISTRY is required, the one of make release))
	./src/main/scripts/publish-release "$$VERSION" "$$REGISTRY" "$$VERSION-$(shell date -u +%Y%m%d%H%M)"

github-release: ## Create the release on GitHub from target/release and its tag: make github-release VERSION=1.2.3
	./src/main/scripts/create-github-release "$$VERSION"

licenses: ## List the licenses of the libraries in target/THIRD-PARTY.txt; fails if pom.xml does not allow one
	$(MVN) --quiet org.codehaus.mojo:license-maven-plugin:add-third-party
	@cat target/THIRD-PARTY.txt

vulnerabilities: ## Look up known vulnerabilities of the jar's libraries and of what the tests and the site use, at osv.dev; needs the network
	$(MVN) --quiet org.cyclonedx:cyclonedx-maven-plugin:makeBom
	./src/main/scripts/check-vulnerabilities

site: ## Build the documentation site in target/site, and open each of its pages in headless Chromium
	$(MVN) --quiet -Dspotless.check.skip test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/site.classpath
	./src/main/scripts/build-site "target/test-classes:target/classes:$$(cat target/site.classpath)"

image-bench: ## Build the image from this machine's files, as root, measure size and start, and report in docs/performance.md
	./src/integration-test/scripts/install-test-machine >/dev/null
	$(MVN) --quiet -Dspotless.check.skip -DskipUTs package dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath
	"$(JDK)/bin/java" -cp "target/test-classes:target/classes:$$(cat target/bench.classpath)" dev.irsa.performance.image.ImageBench

demo: ## Watch the operator work, without a cluster, an AWS account or Docker
	@echo "Building; the first build downloads about 170 MB of libraries ..."
	@$(MVN) --quiet -Dspotless.check.skip test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/demo.classpath
	@"$(JDK)/bin/java" --sun-misc-unsafe-memory-access=allow -cp "target/test-classes:target/classes:$$(cat target/demo.classpath)" dev.irsa.fixtures.demo.Demo

run: ## Run the operator against the cluster of your kubeconfig: make run ARGS="--cluster-name production"
	@echo "Building; the first build downloads the libraries ..."
	@$(MVN) --quiet -Dspotless.check.skip -Dmaven.test.skip=true package
	"$(JDK)/bin/java" @target/irsa-operator.options -jar target/irsa-operator.jar run --settings-file=target/operator.json $(ARGS)

plugin: ## Build the kubectl plugin for this machine in target/plugin, and its archive for krew in target/plugin-archive
	$(MVN) --quiet -Dspotless.check.skip -DskipUTs package dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/plugin.classpath
	./src/main/scripts/build-plugin "target/test-classes:target/classes:$$(cat target/plugin.classpath)"

plugin-bench: plugin ## Measure the time of the plugin's commands in the cluster of your kubeconfig
	./src/performance-test/scripts/time-plugin

mutation: ## Run mutation tests of the pure core, or of other classes: make mutation CLASSES='dev.irsa.reconcile.*'
	$(MVN) test-compile org.pitest:pitest-maven:mutationCoverage $(if $(CLASSES),'-DtargetClasses=$(CLASSES)')

crds: ## Generate crds/ from the records of the api package
	$(MVN) --quiet process-classes
	for crd in target/crds/*-v1.yml; do cp "$$crd" "crds/$$(basename "$$crd" -v1.yml).yaml"; done

reference: ## Generate docs/reference.md from crds/
	$(MVN) --quiet -Dspotless.check.skip test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/reference.classpath
	"$(JDK)/bin/java" -cp "target/test-classes:target/classes:$$(cat target/reference.classpath)" dev.irsa.fixtures.docs.ReferencePage

templates: ## Generate docs/policy-templates.md from deploy/templates/
	$(MVN) --quiet -Dspotless.check.skip test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/templates.classpath
	"$(JDK)/bin/java" -cp "target/test-classes:target/classes:$$(cat target/templates.classpath)" dev.irsa.fixtures.docs.PolicyTemplatesPage

iam: ## Generate deploy/iam/ and the tables of docs/permissions.md
	$(MVN) --quiet -Dspotless.check.skip test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/iam.classpath
	"$(JDK)/bin/java" -cp "target/test-classes:target/classes:$$(cat target/iam.classpath)" dev.irsa.fixtures.docs.IamFiles

pictures: ## Draw docs/pictures/*.svg from the YAML files beside them
	$(MVN) --quiet -Dspotless.check.skip test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/pictures.classpath
	"$(JDK)/bin/java" -cp "target/test-classes:target/classes:$$(cat target/pictures.classpath)" dev.irsa.fixtures.docs.pictures.Pictures

lint-prose: ## Check the English of pages, messages and comments
	./src/integration-test/scripts/install-test-machine >/dev/null
	$(MVN) --quiet -Dspotless.check.skip test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/prose.classpath
	"$(JDK)/bin/java" -cp "target/test-classes:target/classes:$$(cat target/prose.classpath)" dev.irsa.integration.docs.Prose

format: ## Format the sources
	$(MVN) spotless:apply

manifests: crds ## Generate the manifests of deploy/, the chart's CRDs, templates, and README (needs Go)
	./src/main/scripts/render-manifests

clean: ## Remove build output
	$(MVN) clean
