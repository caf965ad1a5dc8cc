package dev.irsa.integration.chart;

import java.util.List;

/**
 * A value of the chart with two settings.
 *
 * @param value the path of the value
 * @param whenOff as JSON
 * @param whenOn as JSON
 */
record Switch(String value, String whenOff, String whenOn) {
    /** All switches. */
    static final List<Switch> ALL = List.of(
            of("aws.roleArn", "\"\"", "\"arn:aws:iam::111122223333:role/irsa-operator\""),
            of("commonLabels", "{}", "{\"team\":\"platform\"}"),
            of("config", "{\"httpPort\":9090}", """
                    {"region":"eu-west-1","oidcIssuer":"https://oidc.example.com","oidcProvider":"Create",\
                    "audiences":["a","b"],"rolePath":"/irsa/x/","adoptionPath":["/legacy/"],"adoptionRole":["/eksctl-production-*"],\
                    "roleTags":{"team":"platform"},\
                    "previousClusterId":["2c26b46b-68ff-c68f-f99b-453c1d304134"],\
                    "previousIssuer":["https://old.example.com"],\
                    "protectedPolicies":["arn:aws:iam::*:policy/quarantine-*"],"managedPoliciesPerRole":20,\
                    "defaultDelivery":["IRSA","PodIdentity"],"eksClusterName":"production-eks","podIdentityAgent":"assume",\
                    "associationInterval":"6h","trustPolicyQuota":4096,"awsMaxInFlight":8,"awsRate":20,"dryRun":true,\
                    "slowestRetry":"1m","consistencyWindow":"90s","sweepInterval":"5m","sweepPageSize":1000,\
                    "fallbackInterval":"2h","removeOrphans":true,"startTimeout":"2m","logFormat":"text",\
                    "documentationUrl":"https://wiki.example.com/irsa/"}"""),
            of("config.documentationUrl", "\"\"", "\"https://wiki.example.com/irsa/\""),
            of("config.logFormat", "\"\"", "\"text\""),
            of("config.oidcIssuer", "\"\"", "\"https://oidc.example.com\""),
            of("config.previousClusterId", "[]", "[\"2c26b46b-68ff-c68f-f99b-453c1d304134\"]"),
            of("config.region", "\"\"", "\"eu-west-1\""),
            of("config.startTimeout", "\"\"", "\"2m\""),
            of("crds.install", "false", "true"),
            of("defaultEntitlement.allow", "null", """
                    {"templates":[{"name":"s3-read","parameters":[{"name":"bucket","values":["a*"]}]}],\
                    "managedPolicies":["ReadOnlyAccess"],"inlineActions":["s3:GetObject"],\
                    "tags":[{"key":"team","values":["a"]}],"roleNames":["a*"],"rolePaths":["/irsa/*"],\
                    "externalRoleARNs":["arn:aws:iam::111122223333:role/*"],"deletionPolicies":["Retain"]}"""),
            of("defaultEntitlement.enabled", "false", "true"),
            of("defaultEntitlement.limits", "null", """
                    {"rolesPerNamespace":0,"serviceAccountsPerRole":2,"sessionDurationSeconds":3600}"""),
            of("defaultEntitlement.namespaceLabels", "{\"a\":\"b\"}", "{\"a\":\"b\",\"c\":\"d\"}"),
            of(
                    "defaultEntitlement.require",
                    "{}",
                    "{\"permissionsBoundaryARN\":\"arn:aws:iam::111122223333:policy/workloads\"}"),
            of("deploymentAnnotations", "{}", "{\"owner\":\"platform\"}"),
            of("affinity", "{}", "{\"nodeAffinity\":{}}"),
            of("env", "[]", "[{\"name\":\"HTTPS_PROXY\",\"value\":\"http://proxy.example.com:3128\"}]"),
            of("envFrom", "[]", "[{\"secretRef\":{\"name\":\"aws-credentials\"}}]"),
            of("extraArgs", "[]", "[\"--sweep-page-size=100\"]"),
            of(
                    "extraObjects",
                    "[]",
                    "[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}},"
                            + "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"b\"}}]"),
            of("fullnameOverride", "\"\"", "\"pod-identities\""),
            of("image.digest", "\"\"", "\"sha256:" + "0".repeat(64) + "\""),
            of("image.tag", "\"\"", "\"dev\""),
            of("imagePullSecrets", "[]", "[{\"name\":\"registry\"}]"),
            of("issuer.publish.apiServers", "[]", "[\"https://10.0.0.1:6443\"]"),
            of("issuer.publish.dropKey", "[]", "[\"leaked\"]"),
            of("issuer.publish.enabled", "false", "true"),
            of("issuer.publish.env", "[]", "[{\"name\":\"AWS_PROFILE\",\"value\":\"issuer\"}]"),
            of("issuer.publish.envFrom", "[]", "[{\"secretRef\":{\"name\":\"issuer-credentials\"}}]"),
            of("issuer.publish.extraArgs", "[]", "[\"--verify-interval=1m\"]"),
            of("issuer.publish.hostNetwork", "false", "true"),
            of("issuer.publish.nodeSelector", "{}", "{\"kubernetes.io/os\":\"linux\"}"),
            of("issuer.publish.oidcIssuer", "\"\"", "\"https://new.example.com\""),
            of("issuer.publish.region", "\"\"", "\"us-east-1\""),
            of("issuer.publish.retention", "\"\"", "\"48h\""),
            of("issuer.publish.tolerations", "[]", "[{\"operator\":\"Exists\"}]"),
            of("metrics.clusterLabel", "\"cluster\"", "\"k8s_cluster\""),
            of("metrics.dashboard.annotations", "{}", "{\"folder\":\"AWS\"}"),
            of("metrics.dashboard.enabled", "false", "true"),
            of("metrics.dashboard.labels", "null", "{\"grafana_dashboard\":\"yes\"}"),
            of("metrics.prometheusRule.enabled", "false", "true"),
            of("metrics.prometheusRule.labels", "{}", "{\"prometheus\":\"main\"}"),
            of("metrics.prometheusRule.unusedRoles", "false", "true"),
            of("metrics.service.annotations", "{}", "{\"scrape\":\"yes\"}"),
            of("metrics.service.enabled", "false", "true"),
            of("metrics.serviceMonitor.enabled", "false", "true"),
            of("metrics.serviceMonitor.interval", "\"\"", "\"30s\""),
            of(
                    "metrics.serviceMonitor.relabelings",
                    "[]",
                    "[{\"targetLabel\":\"cluster\",\"replacement\":\"production\"}]"),
            of("metrics.serviceMonitor.labels", "{}", "{\"prometheus\":\"main\"}"),
            of("nameOverride", "\"\"", "\"roles\""),
            of("networkPolicy.egressPorts", "[443]", "[443,16443]"),
            of("networkPolicy.enabled", "false", "true"),
            of("networkPolicy.extraEgress", "[]", "[{\"ports\":[{\"port\":3128}]}]"),
            of("networkPolicy.ingressFrom", "[]", "[{\"namespaceSelector\":{}}]"),
            of("networkPolicy.instanceMetadata", "false", "true"),
            of("networkPolicy.podIdentityAgent", "false", "true"),
            of("nodeSelector", "{}", "{\"kubernetes.io/os\":\"linux\"}"),
            of("podAnnotations", "{}", "{\"restart\":\"1\"}"),
            of("podDisruptionBudget.enabled", "false", "true"),
            of("podIdentity.enabled", "false", "true"),
            of("podLabels", "{}", "{\"tier\":\"infra\"}"),
            of("priorityClassName", "\"\"", "\"system-cluster-critical\""),
            of("rbac.create", "false", "true"),
            of("rbac.settingsReaders", "[]", "[\"platform\",\"developers\"]"),
            of("rbac.userRoles.aggregate", "false", "true"),
            of("rbac.userRoles.create", "false", "true"),
            of("replicas", "1", "3"),
            of("serviceAccount.annotations", "{}", "{\"owner\":\"platform\"}"),
            of("serviceAccount.create", "false", "true"),
            of("serviceAccount.name", "\"\"", "\"roles\""),
            of("templates.addons", "false", "true"),
            of("templates.library", "false", "true"),
            of("test.namespace", "\"\"", "\"payments\""),
            of("tolerations", "[]", "[{\"operator\":\"Exists\"}]"),
            of("topologySpread.keys", "[]", "[\"kubernetes.io/hostname\"]"),
            of("watchNamespaces", "[]", "[\"payments\",\"orders\"]"));

    private static Switch of(String value, String off, String on) {
        return new Switch(value, off, on);
    }

    Setting off() {
        return new Setting(this, false);
    }

    Setting on() {
        return new Setting(this, true);
    }

    /** One of the two settings of a switch. */
    record Setting(Switch of, boolean isOn) {
        String flag() {
            return of.value() + "=" + (isOn ? of.whenOn() : of.whenOff());
        }
    }
}
