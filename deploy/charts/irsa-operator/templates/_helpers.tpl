{{- define "irsa-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- /* Leaves room for the suffixes in resource names. */ -}}
{{- define "irsa-operator.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- default $full .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- /* Never the ServiceAccount `default`: each pod without a ServiceAccount of its own would get the operator's permissions. */ -}}
{{- define "irsa-operator.serviceAccountName" -}}
{{- if not (or .Values.serviceAccount.create .Values.serviceAccount.name) -}}
{{- fail "serviceAccount.name is missing, and serviceAccount.create=false, so the chart does not create one; set serviceAccount.name to the ServiceAccount that you created for the operator, or set serviceAccount.create=true" -}}
{{- end -}}
{{- $name := default (include "irsa-operator.fullname" .) .Values.serviceAccount.name -}}
{{- if eq $name "default" -}}
{{- fail "the operator would run as the ServiceAccount default, and every pod of the namespace without a ServiceAccount of its own would get its permissions; set serviceAccount.name to another name" -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{- define "irsa-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "irsa-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* A label has 63 characters. The suffix must stay, because it distinguishes the publisher's pods from those of the operator. */}}
{{- define "irsa-operator.issuerName" -}}
{{ printf "%s-issuer" (include "irsa-operator.name" . | trunc 56 | trimSuffix "-") }}
{{- end -}}

{{- define "irsa-operator.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "irsa-operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "irsa-operator.image" -}}
{{- required "image.repository is missing. The chart of a release sets it. For the chart of a checkout, https://github.com/irsa-dev/irsa-operator/blob/main/docs/image.md shows how to build and push an image; then set it with --set image.repository=registry.example.com/irsa-operator" .Values.image.repository -}}
{{- if .Values.image.digest -}}@{{ .Values.image.digest }}{{- else -}}:{{ default .Chart.AppVersion .Values.image.tag }}{{- end -}}
{{- end -}}

{{- /* Renders one flag for each value that is set, and several for a list or for the entries of a map. */ -}}
{{- define "irsa-operator.flags" -}}
{{- $flags := list -}}
{{- range $name, $value := .Values.config -}}
{{- if kindIs "map" $value -}}
{{- range $key, $entry := $value -}}
{{- $flags = append $flags (printf "--%s=%s=%s" (kebabcase $name) $key $entry) -}}
{{- end -}}
{{- $value = list -}}
{{- end -}}
{{- range (ternary $value (list $value) (kindIs "slice" $value)) -}}
{{- if . -}}
{{- $flags = append $flags (printf "--%s=%v" (kebabcase $name) .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml $flags -}}
{{- end -}}

{{- /* Annotations of a resource of a kind of this chart: list CONTEXT KIND. If this release installs the definition of the kind,
the resource must be created after it, as a hook. The next upgrade makes it part of the release. */ -}}
{{- define "irsa-operator.hookUntilDefined" -}}
{{- $context := first . -}}
{{- if not ($context.Capabilities.APIVersions.Has (print "irsa.dev/v1beta1/" (last .))) -}}
helm.sh/hook: post-install,post-upgrade,post-rollback
meta.helm.sh/release-name: {{ $context.Release.Name }}
meta.helm.sh/release-namespace: {{ $context.Release.Namespace }}
{{- end -}}
{{- end -}}

{{- /* Fails if hookUntilDefined created a resource of this kind that is no longer rendered, because Helm would keep it: list CONTEXT
KIND RENDERED-NAMES. An upgrade that renders it removes the annotation of the hook. In Argo CD, lookup finds nothing. */ -}}
{{- define "irsa-operator.requireDeletedHooks" -}}
{{- $context := first . -}}
{{- $kind := index . 1 -}}
{{- $rendered := last . -}}
{{- $left := list -}}
{{- if $context.Capabilities.APIVersions.Has (print "irsa.dev/v1beta1/" $kind) -}}
{{- range (lookup "irsa.dev/v1beta1" $kind "" "").items -}}
{{- $annotations := default dict .metadata.annotations -}}
{{- $isOfRelease := and (eq $context.Release.Name (get $annotations "meta.helm.sh/release-name")) (eq $context.Release.Namespace (get $annotations "meta.helm.sh/release-namespace")) -}}
{{- if and $isOfRelease (hasKey $annotations "helm.sh/hook") (not (has .metadata.name $rendered)) -}}
{{- $left = append $left .metadata.name -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with join " " $left -}}
{{- fail (printf "Helm would not delete what a hook of the installation created: %s %s. Run the following, which deletes no role, and repeat this command: kubectl delete %s %s" $kind . (lower $kind) .) -}}
{{- end -}}
{{- end -}}

{{- /* Metadata of the resources of `helm test`: labels, then annotations. Templates may append annotations. */ -}}
{{- define "irsa-operator.testHook" -}}
labels:
  {{- omit (include "irsa-operator.labels" . | fromYaml) "app.kubernetes.io/name" | toYaml | nindent 2 }}
  # Differs from the operator's name, which selects the operator's pods.
  app.kubernetes.io/name: {{ include "irsa-operator.name" . }}-test
annotations:
  helm.sh/hook: test
  helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end -}}

{{- /* Alert rules or the dashboard, with links to config.documentationUrl and the label metrics.clusterLabel: list CONTEXT TEXT. */ -}}
{{- define "irsa-operator.monitoring" -}}
{{- $text := include "irsa-operator.withPages" . -}}
{{- $label := (first .).Values.metrics.clusterLabel -}}
{{- range list "by (%s" "on (%s" "labels.%s " "{%s=~" "irsa_leader, %s)" "\"%s\": \"Cluster\"" "{{%s}}" -}}
{{- $text = $text | replace (printf . "cluster") (printf . $label) -}}
{{- end -}}
{{- $text -}}
{{- end -}}

{{- /* A text whose links to pages lead to config.documentationUrl: list CONTEXT TEXT. */ -}}
{{- define "irsa-operator.withPages" -}}
{{- $home := "https://github.com/irsa-dev/irsa-operator/blob/main/docs/" -}}
{{- last . | replace $home (default $home (first .).Values.config.documentationUrl) -}}
{{- end -}}
