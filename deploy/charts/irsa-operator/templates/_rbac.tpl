{{- /* The rights of the operator where it works: in the whole cluster, or in each namespace. */ -}}
{{- define "irsa-operator.rules.work" -}}
- apiGroups: [irsa.dev]
  resources: [iamserviceaccounts]
  verbs: [get, list, watch, patch]
- apiGroups: [""]
  resources: [serviceaccounts]
  verbs: [list, watch, create, patch]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end -}}

{{- /* What it reads of the whole cluster, however limited it is. */ -}}
{{- define "irsa-operator.rules.read" -}}
# What is allowed, and to which namespaces by their labels.
- apiGroups: [irsa.dev]
  resources: [iamentitlements]
  verbs: [list, watch]
- apiGroups: [""]
  resources: [namespaces]
  verbs: [list, watch]
# Its UID is the id of the cluster on every role.
- apiGroups: [""]
  resources: [namespaces]
  resourceNames: [kube-system]
  verbs: [get]
# A lost definition must not be taken for objects that were deleted.
- apiGroups: [apiextensions.k8s.io]
  resources: [customresourcedefinitions]
  resourceNames: [iamserviceaccounts.irsa.dev]
  verbs: [get]
{{- end -}}

{{- /* The binding of a role to the operator: (dict "root" $ "kind" Role|ClusterRole "namespace" … "name" …). */ -}}
{{- define "irsa-operator.binding" -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ .kind }}Binding
metadata:
  {{- with .namespace }}
  namespace: {{ . }}
  {{- end }}
  name: {{ .name }}
  labels:
    {{- include "irsa-operator.labels" .root | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: {{ .kind }}
  name: {{ .name }}
subjects:
- kind: ServiceAccount
  namespace: {{ .root.Release.Namespace }}
  name: {{ include "irsa-operator.serviceAccountName" .root }}
{{- end -}}
