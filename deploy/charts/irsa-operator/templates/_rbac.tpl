{{- /* The operator's permissions in its scope: the whole cluster, or each namespace. */ -}}
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

{{- /* Cluster-wide read permissions, which the operator needs in any scope. */ -}}
{{- define "irsa-operator.rules.read" -}}
# Entitlements, policy templates, and the labels of namespaces that entitlements select.
- apiGroups: [irsa.dev]
  resources: [iamentitlements, iampolicytemplates, iamaccounts]
  verbs: [list, watch]
- apiGroups: [""]
  resources: [namespaces]
  verbs: [list, watch]
# The UID of kube-system is the cluster ID in the tags of each role.
- apiGroups: [""]
  resources: [namespaces]
  resourceNames: [kube-system]
  verbs: [get]
# To distinguish a deleted CustomResourceDefinition from deleted resources.
- apiGroups: [apiextensions.k8s.io]
  resources: [customresourcedefinitions]
  resourceNames: [iamserviceaccounts.irsa.dev]
  verbs: [get]
{{- end -}}

{{- /* To find the pods that still use IRSA. The operator reads only their metadata. */ -}}
{{- define "irsa-operator.rules.pods" -}}
# To find the pods that still use IRSA before a role stops admitting them.
- apiGroups: [""]
  resources: [pods]
  verbs: [list]
{{- end -}}

{{- /* Binds a role to the operator: (dict "root" $ "kind" Role|ClusterRole "namespace" … "name" …). */ -}}
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
