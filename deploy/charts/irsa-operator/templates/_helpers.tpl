{{- define "irsa-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- /* Short enough for what is added to it in the names of objects. */ -}}
{{- define "irsa-operator.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- default $full .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "irsa-operator.serviceAccountName" -}}
{{- default (ternary (include "irsa-operator.fullname" .) "default" .Values.serviceAccount.create) .Values.serviceAccount.name -}}
{{- end -}}

{{- define "irsa-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "irsa-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
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
{{- required "image.repository is missing. No image is published yet: README.md, section \"Run it against a cluster\", shows how to build and push one; then --set image.repository=registry.example.com/irsa-operator" .Values.image.repository -}}
{{- if .Values.image.digest -}}@{{ .Values.image.digest }}{{- else -}}:{{ default .Chart.AppVersion .Values.image.tag }}{{- end -}}
{{- end -}}

{{- /* A flag for each value that is given, several for a list. */ -}}
{{- define "irsa-operator.flags" -}}
{{- $flags := list -}}
{{- range $name, $value := .Values.config -}}
{{- range (ternary $value (list $value) (kindIs "slice" $value)) -}}
{{- if . -}}
{{- $flags = append $flags (printf "--%s=%v" (kebabcase $name) .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml $flags -}}
{{- end -}}

{{- /* For what `helm test` makes and takes away: labels, then annotations, to which more can be added. */ -}}
{{- define "irsa-operator.testHook" -}}
labels:
  {{- omit (include "irsa-operator.labels" . | fromYaml) "app.kubernetes.io/name" | toYaml | nindent 2 }}
  # Not the operator's own name: its pods are selected by that.
  app.kubernetes.io/name: {{ include "irsa-operator.name" . }}-test
annotations:
  helm.sh/hook: test
  helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end -}}
